//! Reading a file of a snapshot, whole or by ranges of bytes.

use std::io::SeekFrom;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt as _};
use object_store::{GetOptions, GetRange, ObjectStore};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};

/// Bytes given at a time.
const PIECE: usize = 1 << 16;

/// A file of a snapshot, opened when it is read.
#[derive(Debug, Clone)]
pub struct Source {
    size: u64,
    origin: Origin,
}

#[derive(Debug, Clone)]
enum Origin {
    Local(PathBuf),
    Remote { bucket: Arc<dyn ObjectStore>, path: object_store::path::Path },
}

impl Source {
    pub(super) fn local(path: PathBuf, size: u64) -> Self {
        Self { size, origin: Origin::Local(path) }
    }

    pub(super) fn remote(bucket: Arc<dyn ObjectStore>, path: object_store::path::Path, size: u64) -> Self {
        Self { size, origin: Origin::Remote { bucket, path } }
    }

    /// Bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The file itself, when it is on this machine.
    pub fn local_path(&self) -> Option<&Path> {
        match &self.origin {
            Origin::Local(path) => Some(path),
            Origin::Remote { .. } => None,
        }
    }

    /// The bytes of a range (`0..size()` for all), a piece at a time; the range is cut at the file's end.
    pub fn stream(&self, range: Range<u64>) -> BoxStream<'static, std::io::Result<Bytes>> {
        let range = range.start.min(self.size)..range.end.min(self.size);
        if range.is_empty() {
            return stream::empty().boxed();
        }
        match self.origin.clone() {
            Origin::Local(path) => local_pieces(path, range),
            Origin::Remote { bucket, path } => remote_pieces(bucket, path, range),
        }
    }
}

fn local_pieces(path: PathBuf, range: Range<u64>) -> BoxStream<'static, std::io::Result<Bytes>> {
    let opened = async move {
        let mut file = tokio::fs::File::open(path).await?;
        file.seek(SeekFrom::Start(range.start)).await?;
        Ok::<_, std::io::Error>(file.take(range.end - range.start))
    };
    stream::once(opened)
        .flat_map(|opened| match opened {
            Ok(file) => stream::try_unfold(file, |mut file| async move {
                let mut piece = bytes::BytesMut::with_capacity(PIECE);
                let read = file.read_buf(&mut piece).await?;
                Ok((read > 0).then(|| (piece.freeze(), file)))
            })
            .boxed(),
            Err(error) => stream::once(async { Err(error) }).boxed(),
        })
        .boxed()
}

fn remote_pieces(
    bucket: Arc<dyn ObjectStore>,
    path: object_store::path::Path,
    range: Range<u64>,
) -> BoxStream<'static, std::io::Result<Bytes>> {
    let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
    let opened = async move { bucket.get_opts(&path, options).await };
    stream::once(opened)
        .flat_map(|opened| match opened {
            Ok(answer) => answer.into_stream().map(|piece| piece.map_err(std::io::Error::from)).boxed(),
            Err(error) => stream::once(async { Err(std::io::Error::from(error)) }).boxed(),
        })
        .boxed()
}
