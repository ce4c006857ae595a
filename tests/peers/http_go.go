// A page that says hello, with Go's own HTTP server, on one processor.
package main

import (
	"fmt"
	"net"
	"net/http"
	"runtime"
)

func main() {
	runtime.GOMAXPROCS(1)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	http.HandleFunc("/hello", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.Write([]byte("Hello, world!\n"))
	})
	fmt.Printf("listening at %s\n", listener.Addr())
	panic(http.Serve(listener, nil))
}
