//! The metrics' page over HTTP: one short request at a time, for a collector on the same machine or network.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

/// Most bytes of a request that are read.
const REQUEST: u64 = 8 * 1024;
/// How long one request may take.
const TIME: Duration = Duration::from_secs(2);

/// Answers requests as long as the process runs.
pub fn serve(listener: &TcpListener, page: impl Fn() -> String) {
    for stream in listener.incoming().flatten() {
        let _ = answer(stream, &page); // who hangs up gets nothing
    }
}

fn answer(mut stream: TcpStream, page: &impl Fn() -> String) -> io::Result<()> {
    stream.set_read_timeout(Some(TIME))?;
    stream.set_write_timeout(Some(TIME))?;
    let mut first = String::new();
    let mut reader = BufReader::new(stream.try_clone()?.take(REQUEST));
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 && line.trim_end() != "" {
        line.clear();
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    let (status, kind, body) = match path {
        "/metrics" => ("200 OK", "text/plain; version=0.0.4", page()),
        _ => ("404 Not Found", "text/plain", "see /metrics\n".to_owned()),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}
