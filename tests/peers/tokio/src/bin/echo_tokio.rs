//! The echo server of tokio's own examples, on one thread.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn echo(mut client: TcpStream) -> std::io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let got = client.read(&mut buffer).await?;
        if got == 0 {
            return Ok(());
        }
        client.write_all(&buffer[..got]).await?;
    }
}

async fn serve() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening at {}", listener.local_addr()?);
    loop {
        let (client, _) = listener.accept().await?;
        tokio::spawn(echo(client));
    }
}

fn main() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(serve())
}
