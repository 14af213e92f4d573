//! From a stream of rows to a stream of bytes, in bounded memory.

use std::{
    io::{self, Write},
    sync::Arc,
};

use bytes::Bytes;
use datafusion::execution::SendableRecordBatchStream;
use futures::{StreamExt, TryStreamExt, stream, stream::BoxStream};
use tokio::{
    runtime::Handle,
    sync::mpsc::{Sender, channel},
};

use super::Chunks;
use crate::{Error, Result};

/// Batches that are written at the same time.
const AT_ONCE: usize = 3;
/// Chunks of bytes that wait for a reader.
const WAITING: usize = 4;
/// Bytes of a chunk from a writer that gives little at once.
const CHUNK: usize = 64 << 10;

/// Writes batches on several threads and gives their bytes in order.
pub(super) fn chunks(rows: SendableRecordBatchStream, format: impl Chunks) -> BoxStream<'static, Result<Bytes>> {
    let format = Arc::new(format);
    let mut head = Vec::new();
    format.head(&rows.schema(), &mut head);
    let mut tail = Vec::new();
    format.tail(&mut tail);
    let between = Bytes::from_static(format.between());
    let written = rows.map(move |batch| {
        let format = Arc::clone(&format);
        async move {
            let batch = batch.map_err(Error::from)?;
            let task = tokio::task::spawn_blocking(move || {
                let mut out = Vec::with_capacity(batch.num_rows() * 64);
                if batch.num_rows() > 0 {
                    format.rows(&batch, &mut out)?;
                }
                Ok(Bytes::from(out))
            });
            task.await.map_err(|error| Error::Internal(error.to_string()))?
        }
    });
    let filled = written.buffered(AT_ONCE).try_filter(|bytes| std::future::ready(!bytes.is_empty()));
    let separated = filled.enumerate().flat_map(move |(index, chunk)| {
        let separator = (index > 0 && !between.is_empty()).then(|| Ok(between.clone()));
        stream::iter(separator.into_iter().chain([chunk]))
    });
    let head = stream::iter((!head.is_empty()).then(|| Ok(Bytes::from(head))));
    let tail = stream::iter((!tail.is_empty()).then(|| Ok(Bytes::from(tail))));
    until_error(head.chain(separated).chain(tail).boxed())
}

/// Nothing comes after an error: a closing bracket would make a broken answer look whole.
fn until_error(chunks: BoxStream<'static, Result<Bytes>>) -> BoxStream<'static, Result<Bytes>> {
    let ended = |failed: &mut bool, chunk: Result<Bytes>| {
        let chunk = (!*failed).then_some(chunk);
        *failed = *failed || chunk.as_ref().is_some_and(Result::is_err);
        std::future::ready(chunk)
    };
    chunks.scan(false, ended).boxed()
}

/// Runs a writer that keeps its state on a thread of its own; it pulls batches and pushes bytes.
pub(super) fn writer<W>(rows: SendableRecordBatchStream, write: W) -> BoxStream<'static, Result<Bytes>>
where
    W: FnOnce(Batches, &mut Output) -> Result<()> + Send + 'static,
{
    let (sender, receiver) = channel(WAITING);
    let batches = Batches { rows, runtime: Handle::current() };
    tokio::task::spawn_blocking(move || {
        let mut output = Output { sender: sender.clone(), buffer: Vec::with_capacity(CHUNK) };
        let result = write(batches, &mut output).and_then(|()| Ok(output.flush()?));
        if let Err(error) = result {
            // The reader may be gone, and then nobody wants the error.
            let _ = sender.blocking_send(Err(error));
        }
    });
    stream::unfold(receiver, |mut receiver| async move { receiver.recv().await.map(|chunk| (chunk, receiver)) }).boxed()
}

/// The batches of a stream, pulled from a blocking thread.
pub(super) struct Batches {
    rows: SendableRecordBatchStream,
    runtime: Handle,
}

impl Batches {
    pub(super) fn schema(&self) -> arrow::datatypes::SchemaRef {
        self.rows.schema()
    }
}

impl Iterator for Batches {
    type Item = Result<arrow::array::RecordBatch>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.runtime.block_on(self.rows.next())?;
        Some(batch.map_err(Error::from))
    }
}

/// Where a writer puts its bytes.
pub(super) struct Output {
    sender: Sender<Result<Bytes>>,
    buffer: Vec<u8>,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= CHUNK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let chunk = std::mem::replace(&mut self.buffer, Vec::with_capacity(CHUNK));
        self.sender.blocking_send(Ok(chunk.into())).map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}
