//! The same work on every column, by several threads.

use std::sync::Mutex;

use crate::error::{Error, ErrorCode, Result};

/// Does `work` on each task, and gives the results in the order of the tasks.
pub(crate) fn map<T: Send, R: Send>(
    threads: usize,
    tasks: Vec<T>,
    work: impl Fn(T) -> Result<R> + Sync,
) -> Result<Vec<R>> {
    let count = tasks.len();
    let queue = Mutex::new(tasks.into_iter().enumerate());
    let take = || queue.lock().ok().and_then(|mut queue| queue.next());
    let drain = || {
        let mut done = Vec::new();
        while let Some((index, task)) = take() {
            done.push((index, work(task)?));
        }
        Ok::<_, Error>(done)
    };
    let mut results = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.clamp(1, count.max(1))).map(|_| scope.spawn(drain)).collect();
        let mut results = Vec::with_capacity(count);
        for worker in workers {
            results.extend(worker.join().map_err(|_| stopped())??);
        }
        Ok::<_, Error>(results)
    })?;
    results.sort_by_key(|(index, _)| *index);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

/// A thread stopped by a fault of the program: the file is refused, the server lives on.
pub(crate) fn stopped() -> Error {
    Error::new(ErrorCode::BrokenFile, "a reading thread stopped unexpectedly")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_tasks() {
        let doubled = map(3, (0..100).collect(), |n: u32| Ok(n * 2)).unwrap();
        assert_eq!(doubled, (0..100).map(|n| n * 2).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_error_is_given() {
        let result = map(2, vec![1, 2], |n: u32| if n == 2 { Err(Error::new(ErrorCode::Io, "no")) } else { Ok(n) });
        assert_eq!(result.unwrap_err().code, ErrorCode::Io);
    }
}
