"""The echo server by asyncio's protocols, the fastest of its ways; with --uvloop by that loop."""

import asyncio
import sys


class Echo(asyncio.BufferedProtocol):
    """Reads into a buffer of its own: else asyncio allocates 256 KB for every read."""

    def __init__(self):
        self.buffer = memoryview(bytearray(16 * 1024))

    def connection_made(self, transport):
        self.transport = transport

    def get_buffer(self, _wanted):
        return self.buffer

    def buffer_updated(self, got):
        self.transport.write(bytes(self.buffer[:got]))


async def serve():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 0, backlog=4096)
    print("listening at 127.0.0.1:%d" % server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    if sys.argv[1:] == ["--uvloop"]:
        import uvloop

        uvloop.install()
    asyncio.run(serve())
