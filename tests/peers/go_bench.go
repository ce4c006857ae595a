// The rows by Go: goroutines on one processor, and its own channels. A subroutine is a plain call
// there, so calls and recursion are no rows of its. `go_bench --list`, and `go_bench ROW`, which
// prints the row's figure as a line of JSON. Times are the processor's.
package main

import (
	"fmt"
	"os"
	"runtime"
	"sync"
	"syscall"
	"time"
)

type row struct {
	name, unit string
	figure     func() float64
}

func main() {
	runtime.GOMAXPROCS(1)
	rows := []row{
		{"yield-2", "ns", func() float64 { return yields(2) }},
		{"yield-10000", "ns", func() float64 { return yields(10_000) }},
		{"spawn", "ns", spawns},
		{"join", "ns", joins},
		{"channel-ping-pong", "ns", pingPong},
		{"channel-1024", "ns", buffered},
		{"parked-memory", "bytes", parkedMemory},
		{"sleep-memory", "bytes", sleepMemory},
		{"sleeps-1m", "s", sleeps},
	}
	for _, row := range rows {
		if os.Args[1] == "--list" {
			fmt.Println(row.name)
		} else if os.Args[1] == row.name {
			fmt.Printf("{\"row\": \"%s\", \"%s\": %f}\n", row.name, row.unit, row.figure())
		}
	}
}

func cpuSeconds() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
}

func residentBytes() float64 {
	statm, _ := os.ReadFile("/proc/self/statm")
	var all, resident int
	fmt.Sscan(string(statm), &all, &resident)
	return float64(resident * os.Getpagesize())
}

// The processor time of each of the operations that work does.
func nsEach(operations int, work func()) float64 {
	before := cpuSeconds()
	work()
	return (cpuSeconds() - before) * 1e9 / float64(operations)
}

// Runs the functions as goroutines, and waits for all.
func run(functions ...func()) {
	var group sync.WaitGroup
	group.Add(len(functions))
	for _, function := range functions {
		go func(function func()) {
			defer group.Done()
			function()
		}(function)
	}
	group.Wait()
}

func yields(tasks int) float64 {
	const total = 2_000_000
	functions := make([]func(), tasks)
	for i := range functions {
		functions[i] = func() {
			for n := 0; n < total/tasks; n++ {
				runtime.Gosched()
			}
		}
	}
	return nsEach(total, func() { run(functions...) })
}

func spawns() float64 {
	const batch, batches = 1_000, 500
	return nsEach(batch*batches, func() {
		for i := 0; i < batches; i++ {
			for j := 0; j < batch; j++ {
				go func() {}()
			}
			runtime.Gosched()
		}
	})
}

func joins() float64 {
	const times = 300_000
	return nsEach(times, func() {
		for i := 0; i < times; i++ {
			done := make(chan struct{})
			go func() { close(done) }()
			<-done
		}
	})
}

func pingPong() float64 {
	const times = 500_000
	there, back := make(chan int), make(chan int)
	return nsEach(2*times, func() {
		run(func() {
			for i := 0; i < times; i++ {
				there <- i
				<-back
			}
		}, func() {
			for i := 0; i < times; i++ {
				back <- <-there
			}
		})
	})
}

func buffered() float64 {
	const messages = 2_000_000
	channel := make(chan int, 1024)
	return nsEach(messages, func() {
		run(func() {
			for i := 0; i < messages; i++ {
				channel <- i
			}
		}, func() {
			for i := 0; i < messages; i++ {
				<-channel
			}
		})
	})
}

// What each of many goroutines takes that block in wait.
func memory(wait func()) float64 {
	const tasks = 300_000
	before := residentBytes()
	for i := 0; i < tasks; i++ {
		go wait()
	}
	for i := 0; i < 10; i++ {
		runtime.Gosched()
	}
	return (residentBytes() - before) / tasks
}

func parkedMemory() float64 {
	event := make(chan struct{})
	return memory(func() { <-event })
}

func sleepMemory() float64 {
	return memory(func() { time.Sleep(time.Hour) })
}

func sleeps() float64 {
	const tasks = 1_000_000
	const prime = 7919
	before := cpuSeconds()
	var group sync.WaitGroup
	group.Add(tasks)
	for i := 0; i < tasks; i++ {
		go func(duration time.Duration) {
			time.Sleep(duration)
			group.Done()
		}(2 * time.Second * time.Duration(i*prime%tasks) / tasks)
	}
	group.Wait()
	return cpuSeconds() - before
}
