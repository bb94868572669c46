//! The assignment of rows to columns with the greatest sum of weights (the Hungarian method).

/// The column of each row, or none where nothing reaches the least weight. The same weights give the same result.
pub(super) fn assign(weights: &[Vec<i64>], least: i64) -> Vec<Option<usize>> {
    let rows = weights.len();
    let columns = weights.first().map_or(0, Vec::len);
    // Every row has a column of its own for staying alone, which is worth the least.
    let width = columns + rows;
    let cost = |row: usize, column: usize| -> i64 {
        match weights[row].get(column) {
            Some(&weight) if weight >= least => -weight,
            Some(_) => i64::from(i32::MAX),
            None if column == columns + row => -least + 1,
            None => i64::from(i32::MAX),
        }
    };
    // Potentials and the row of each column, counted from one; column 0 holds the row that looks for a place.
    let (mut of_row, mut of_column) = (vec![0; rows + 1], vec![0; width + 1]);
    let mut matched = vec![0; width + 1];
    for row in 1..=rows {
        matched[0] = row;
        let mut at = 0;
        let mut slack = vec![i64::MAX; width + 1];
        let mut before = vec![0; width + 1];
        let mut used = vec![false; width + 1];
        while matched[at] != 0 {
            used[at] = true;
            let current = matched[at];
            let (mut delta, mut next) = (i64::MAX, 0);
            for column in 1..=width {
                if used[column] {
                    continue;
                }
                let reduced = cost(current - 1, column - 1) - of_row[current] - of_column[column];
                if reduced < slack[column] {
                    slack[column] = reduced;
                    before[column] = at;
                }
                if slack[column] < delta {
                    delta = slack[column];
                    next = column;
                }
            }
            for column in 0..=width {
                if used[column] {
                    of_row[matched[column]] += delta;
                    of_column[column] -= delta;
                } else if column > 0 {
                    slack[column] -= delta;
                }
            }
            at = next;
        }
        while at != 0 {
            matched[at] = matched[before[at]];
            at = before[at];
        }
    }
    let mut found = vec![None; rows];
    for column in 1..=columns {
        if matched[column] > 0 && weights[matched[column] - 1][column - 1] >= least {
            found[matched[column] - 1] = Some(column - 1);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::assign;

    #[test]
    fn the_sum_is_what_counts() {
        // The first row would like the first column, but the second row has nothing else.
        assert_eq!(assign(&[vec![90, 80], vec![85, 10]], 40), [Some(1), Some(0)]);
        assert_eq!(assign(&[vec![90, 80], vec![10, 10]], 40), [Some(0), None]);
        assert_eq!(assign(&[vec![50], vec![60], vec![55]], 40), [None, Some(0), None]);
        assert_eq!(assign(&[vec![39]], 40), [None]);
        assert_eq!(assign(&[vec![40]], 40), [Some(0)]);
        assert_eq!(assign(&[], 40), []);
        assert_eq!(assign(&[vec![], vec![]], 40), [None, None]);
        let equal = vec![vec![50; 4]; 4];
        assert_eq!(assign(&equal, 40), [Some(0), Some(1), Some(2), Some(3)]);
    }

    /// All assignments of a small table, tried one by one.
    fn best(weights: &[Vec<i64>], least: i64, row: usize, used: &mut Vec<bool>) -> i64 {
        if row == weights.len() {
            return 0;
        }
        let mut found = best(weights, least, row + 1, used) + least - 1;
        for column in 0..used.len() {
            if !used[column] && weights[row][column] >= least {
                used[column] = true;
                found = found.max(weights[row][column] + best(weights, least, row + 1, used));
                used[column] = false;
            }
        }
        found
    }

    #[test]
    fn no_assignment_is_better() {
        let mut seed: u64 = 7;
        for round in 0..200 {
            let (rows, columns) = (1 + round % 5, 1 + round / 5 % 5);
            let mut next = || {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                i64::try_from(seed >> 58).unwrap_or_default()
            };
            let weights: Vec<Vec<i64>> = (0..rows).map(|_| (0..columns).map(|_| next()).collect()).collect();
            let found = assign(&weights, 20);
            let sum: i64 = found.iter().enumerate().map(|(row, at)| at.map_or(19, |at| weights[row][at])).sum();
            assert_eq!(sum, best(&weights, 20, 0, &mut vec![false; columns]), "{weights:?}");
            let places: std::collections::BTreeSet<_> = found.iter().flatten().collect();
            assert_eq!(places.len(), found.iter().flatten().count(), "a column stands twice in {found:?}");
        }
    }
}
