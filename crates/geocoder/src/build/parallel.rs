//! Work on several threads whose results are taken in order.

use super::BuildError;
use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
};

/// What the threads share.
struct State {
    next: usize,
    taken: usize,
    stopped: bool,
}

/// Does `work(0)` to `work(jobs - 1)` on threads and gives the results to `take` in order. No more than two results a
/// thread wait to be taken, so that memory is bounded.
pub(super) fn in_order<T: Send>(
    jobs: usize,
    threads: usize,
    work: impl Fn(usize) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), BuildError>,
) -> Result<(), BuildError> {
    let threads = threads.clamp(1, jobs.max(1));
    let state = Mutex::new(State { next: 0, taken: 0, stopped: false });
    let moved = Condvar::new();
    let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
    // The next piece of work, once there is room for its result.
    let next = || {
        let waiting =
            |state: &mut State| !state.stopped && state.next < jobs && state.next >= state.taken + 2 * threads;
        let mut state: MutexGuard<'_, State> =
            moved.wait_while(lock(), waiting).unwrap_or_else(PoisonError::into_inner);
        let job = state.next;
        state.next += 1;
        (!state.stopped && job < jobs).then_some(job)
    };
    thread::scope(|scope| {
        let (sender, results) = mpsc::channel();
        for _ in 0..threads {
            let (sender, next, work) = (sender.clone(), &next, &work);
            scope.spawn(move || {
                while let Some(job) = next() {
                    if sender.send((job, work(job))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut outcome = Ok(());
        for (job, result) in results {
            waiting.insert(job, result);
            while let Some(result) = {
                let taken = lock().taken;
                waiting.remove(&taken)
            } {
                outcome = outcome.and_then(|()| take(result));
                let mut state = lock();
                state.taken += 1;
                state.stopped |= outcome.is_err();
                moved.notify_all();
            }
        }
        outcome
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whatever_the_number_of_threads() {
        for threads in [1, 2, 7] {
            let mut taken = Vec::new();
            let push = |job| {
                taken.push(job);
                Ok(())
            };
            in_order(50, threads, |job| job, push).unwrap();
            assert_eq!(taken, (0..50).collect::<Vec<_>>());
        }
    }

    #[test]
    fn after_an_error_no_more_is_taken() {
        let mut taken = 0;
        let outcome = in_order(
            100,
            3,
            |job| job,
            |job| {
                taken += 1;
                if job == 4 { Err(BuildError::Scratch) } else { Ok(()) }
            },
        );
        assert!(outcome.is_err());
        assert_eq!(taken, 5);
    }

    #[test]
    fn no_work_is_no_trouble() {
        in_order(0, 4, |job| job, |_| Ok(())).unwrap();
    }
}
