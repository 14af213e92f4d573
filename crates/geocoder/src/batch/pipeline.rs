//! Pieces answered by all cores and written in their order.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, sync_channel};

use super::BatchError;

/// Takes pieces from `next`, does `work` on each in parallel, and gives the outcomes to `write` in the pieces' order.
/// At most two pieces a core and two more are under way, so that memory is bounded and no core waits.
pub(super) fn in_order<P: Send, A: Send>(
    mut next: impl FnMut() -> Result<Option<P>, BatchError>,
    work: impl Fn(P) -> A + Sync,
    mut write: impl FnMut(A) -> Result<(), BatchError>,
) -> Result<(), BatchError> {
    let most = 2 * rayon::current_num_threads() + 2;
    let work = &work;
    rayon::in_place_scope(|scope| {
        let mut under_way: VecDeque<Receiver<A>> = VecDeque::with_capacity(most);
        while let Some(piece) = next()? {
            let (sender, receiver) = sync_channel(1);
            scope.spawn(move |_| {
                // Nobody waits any more when writing failed.
                let _ = sender.send(work(piece));
            });
            under_way.push_back(receiver);
            if under_way.len() == most {
                write_first(&mut under_way, &mut write)?;
            }
        }
        while !under_way.is_empty() {
            write_first(&mut under_way, &mut write)?;
        }
        Ok(())
    })
}

fn write_first<A>(
    under_way: &mut VecDeque<Receiver<A>>,
    write: &mut impl FnMut(A) -> Result<(), BatchError>,
) -> Result<(), BatchError> {
    let Some(receiver) = under_way.pop_front() else { return Ok(()) };
    // A sender that is gone without an outcome panicked; the scope passes that on.
    let outcome = receiver.recv().map_err(|_| BatchError::Cancelled)?;
    write(outcome)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn outcomes_come_in_order_however_long_each_takes() {
        let mut numbers = 0..1_000_u64;
        let mut seen = Vec::new();
        let slow = |n: u64| (0..(n % 7) * 1_000).fold(n, |sum, k| std::hint::black_box(sum ^ k ^ k));
        in_order(
            || Ok(numbers.next()),
            slow,
            |n| {
                seen.push(n);
                Ok(())
            },
        )
        .unwrap();
        assert!(seen.into_iter().eq(0..1_000));
    }

    #[test]
    fn a_writer_that_fails_stops_the_reading() {
        let mut read = 0;
        let next = || {
            read += 1;
            Ok(Some(read))
        };
        let outcome = in_order(next, |n| n, |n| if n < 10 { Ok(()) } else { Err(BatchError::Cancelled) });
        assert!(matches!(outcome, Err(BatchError::Cancelled)));
        assert!(read < 10 + 2 * rayon::current_num_threads() + 4);
    }
}
