//! Batches on several threads, their outcomes in order.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
};

/// Outcomes that may wait for an earlier one, for each thread.
const WAITING: u64 = 2;

/// Gives each item of `source` to a worker, and each outcome to `sink` in the order of the items. Each thread makes
/// itself a worker; whoever is free pulls the next item.
///
/// # Errors
/// The first error of `source`.
pub(crate) fn run<T, D: Send, E: Send, W: FnMut(T) -> D>(
    source: impl Iterator<Item = Result<T, E>> + Send,
    threads: usize,
    worker: impl Fn() -> W + Sync,
    mut sink: impl FnMut(D) + Send,
) -> Result<(), E> {
    if threads <= 1 {
        let mut work = worker();
        for item in source {
            sink(work(item?));
        }
        return Ok(());
    }
    let queue = Mutex::new(Queue { source: source.fuse(), number: 0, error: None });
    let order = Order {
        state: Mutex::new(State { waiting: BTreeMap::new(), next: 0, stopped: false, sink }),
        moved: Condvar::new(),
        most: threads as u64 * WAITING,
    };
    let drain = || {
        let _stop = StopOnPanic(&order);
        let mut work = worker();
        while let Some((number, item)) = take(&queue) {
            order.put(number, work(item));
        }
    };
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(drain)).collect();
        drain();
        for other in others {
            if let Err(fault) = other.join() {
                std::panic::resume_unwind(fault);
            }
        }
    });
    match lock(&queue).error.take() {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

struct Queue<I, E> {
    source: I,
    number: u64,
    error: Option<E>,
}

fn take<T, E>(queue: &Mutex<Queue<impl Iterator<Item = Result<T, E>>, E>>) -> Option<(u64, T)> {
    let mut queue = lock(queue);
    if queue.error.is_some() {
        return None;
    }
    match queue.source.next()? {
        Ok(item) => {
            let number = queue.number;
            queue.number += 1;
            Some((number, item))
        }
        Err(error) => {
            queue.error = Some(error);
            None
        }
    }
}

/// Puts outcomes back in order.
struct Order<D, S> {
    state: Mutex<State<D, S>>,
    moved: Condvar,
    most: u64,
}

struct State<D, S> {
    waiting: BTreeMap<u64, D>,
    next: u64,
    stopped: bool,
    sink: S,
}

impl<D, S: FnMut(D)> Order<D, S> {
    /// Hands over the outcome of an item; waits while too many wait for an earlier one.
    fn put(&self, number: u64, outcome: D) {
        let state = lock(&self.state);
        let too_far = |state: &mut State<D, S>| number >= state.next + self.most && !state.stopped;
        let mut state = self.moved.wait_while(state, too_far).unwrap_or_else(PoisonError::into_inner);
        state.waiting.insert(number, outcome);
        while let Some(outcome) = {
            let next = state.next;
            state.waiting.remove(&next)
        } {
            (state.sink)(outcome);
            state.next += 1;
        }
        drop(state);
        self.moved.notify_all();
    }
}

/// When a thread stops by a fault of the program, the others must not wait for it.
struct StopOnPanic<'a, D, S>(&'a Order<D, S>);

impl<D, S> Drop for StopOnPanic<'_, D, S> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.0.state).stopped = true;
            self.0.moved.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_come_in_order_whatever_the_threads() {
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            let source = (0..500).map(Ok::<u64, ()>);
            run(source, threads, || |n: u64| n * 2, |n| seen.push(n)).unwrap();
            assert_eq!(seen, (0..500).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_error_ends_the_work() {
        for threads in [1, 3] {
            let source = (0..100).map(|n| if n == 40 { Err("broken") } else { Ok(n) });
            let mut seen = 0;
            let outcome = run(source, threads, || |n: u64| n, |_| seen += 1);
            assert_eq!(outcome, Err("broken"));
            assert_eq!(seen, 40);
        }
    }

    #[test]
    #[should_panic(expected = "fault")]
    fn a_fault_of_a_worker_is_not_swallowed_and_blocks_nobody() {
        let source = (0..100).map(Ok::<u64, ()>);
        let _outcome = run(source, 3, || |n: u64| if n == 1 { panic!("fault") } else { n }, |_| {});
    }
}
