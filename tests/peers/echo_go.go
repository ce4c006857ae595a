// The echo server that everybody writes in Go: a goroutine for each connection.
package main

import (
	"fmt"
	"net"
	"runtime"
)

func echo(client net.Conn) {
	defer client.Close()
	buffer := make([]byte, 16*1024)
	for {
		got, err := client.Read(buffer)
		if err != nil {
			return
		}
		if _, err := client.Write(buffer[:got]); err != nil {
			return
		}
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Println("listening at", listener.Addr())
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		go echo(client)
	}
}
