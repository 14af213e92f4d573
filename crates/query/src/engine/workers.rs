//! Row groups shared out between threads.

use std::sync::{
    Mutex,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use crate::{Error, Result};

/// Does some work for each row group, on as many threads as told, and gives the results in the order of the groups.
/// Groups are taken in order; once `enough` says so of the work done, no further one is taken, so that the results
/// are those of the first groups.
pub(crate) fn each<T: Send>(
    groups: &[usize],
    threads: usize,
    work: impl Fn(usize) -> Result<T> + Sync,
    enough: impl Fn(&T) -> bool + Sync,
) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let done: Mutex<Vec<(usize, Result<T>)>> = Mutex::new(Vec::with_capacity(groups.len()));
    let run = || {
        while !stop.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(group) = groups.get(index) else { break };
            let result = work(*group);
            if result.as_ref().map_or(true, &enough) {
                stop.store(true, Ordering::Relaxed);
            }
            if let Ok(mut done) = done.lock() {
                done.push((index, result));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(groups.len()) {
            scope.spawn(run);
        }
        run();
    });
    let mut done = done.into_inner().map_err(|_| Error::Internal("a thread of a query failed".into()))?;
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_groups() {
        let groups: Vec<usize> = (0..50).collect();
        assert_eq!(
            each(&groups, 3, |group| Ok(group * 2), |_| false).unwrap(),
            (0..50).map(|group| group * 2).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_failure_is_given() {
        let failing = |group| if group == 3 { Err(Error::Memory) } else { Ok(group) };
        assert!(matches!(each(&[1, 2, 3, 4], 2, failing, |_| false), Err(Error::Memory)));
    }

    #[test]
    fn what_is_done_is_a_first_part() {
        let groups: Vec<usize> = (0..100).collect();
        let done = each(&groups, 3, Ok, |group| *group == 10).unwrap();
        assert!(done.len() >= 11);
        assert_eq!(done, (0..done.len()).collect::<Vec<_>>());
    }
}
