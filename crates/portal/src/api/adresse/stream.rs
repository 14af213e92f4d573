//! What a thread writes, sent while it is written.

use std::io::{self, Write};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures::stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Sender, channel};

/// Bytes that are sent together.
const PIECE: usize = 64 << 10;
/// Pieces that wait for the client.
const WAITING: usize = 4;
/// How long a client may take for a piece before it is given up.
const PATIENCE: Duration = Duration::from_secs(120);

/// The end where it is written. Made for a thread that may block.
pub(super) struct Pipe {
    sender: Sender<io::Result<Bytes>>,
    buffer: Vec<u8>,
    runtime: Handle,
}

/// A pipe, and the body that comes out of it.
pub(super) fn pipe() -> (Pipe, Body) {
    let (sender, mut receiver) = channel(WAITING);
    let pipe = Pipe { sender, buffer: Vec::with_capacity(PIECE), runtime: Handle::current() };
    // May be polled again after its end, which compression does.
    let body = Body::from_stream(stream::poll_fn(move |context| receiver.poll_recv(context)));
    (pipe, body)
}

impl Pipe {
    fn send(&self, piece: io::Result<Bytes>) -> io::Result<()> {
        let sent = self.runtime.block_on(tokio::time::timeout(PATIENCE, self.sender.send(piece)));
        match sent {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(io::Error::new(io::ErrorKind::BrokenPipe, "the client went away")),
            Err(_) => Err(io::Error::new(io::ErrorKind::TimedOut, "the client takes nothing any more")),
        }
    }

    /// Breaks the answer off, so that the client doesn't take a part for the whole.
    pub(super) fn fail(self, error: impl std::fmt::Display) {
        // When the client is gone too, nobody has to know.
        drop(self.send(Err(io::Error::other(error.to_string()))));
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.buffer, Vec::with_capacity(PIECE));
        self.send(Ok(piece.into()))
    }
}
