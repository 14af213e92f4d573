//! Names of streets and places: real ones as often as they come in France, and local ones made of real words.

use crate::{random::Random, territory::Town};
use std::{collections::HashSet, error::Error, fs, path::Path};

/// Kinds of ways and how often each comes.
const WAYS: &str = "Rue 40, Chemin 16, Impasse 12, Allée 9, Route 8, Place 5, Avenue 4, Ruelle 2, Square 1, \
    Boulevard 1, Lotissement 1, Résidence 1, Passage 1, Sentier 1";
const NOUNS: &str = "Champ, Moulin, Bois, Pré, Clos, Puits, Four, Lavoir, Pont, Ruisseau, Vallon, Coteau, Verger, Jardin, Château, \
    Cimetière, Stade, Canal, Lac, Marais, Plateau, Mas, Prieuré, Calvaire, Bourg, Port, Rocher, Ravin, Colombier, \
    Presbytère, Tertre, Chêne, Noyer, Pressoir, Gué, Parc, Village, Roc, Bosquet, Fort, Moulin à Vent, Pigeonnier, \
    Séquoia, Tilleul, Pin, Puy, Causse, Terroir";
const QUALITIES: &str = "Neuf, Vieux, Haut, Bas, Blanc, Rouge, Noir, Vert, Rond, Long, des Moines, du Roi, de l'Évêque, des Loups, du Renard, \
    des Vignes, aux Dames, de la Reine, Saint-Martin, Saint-Jean, Saint-Pierre, Sainte-Anne, Saint-Roch, des Oiseaux, \
    du Coq, des Alouettes, de la Croix, du Milieu, des Cigales, d'en Haut, d'en Bas, Fleuri, Perdu, des Pins, des Chênes, \
    du Bac, du Meunier, des Sources, Soleil, de Pierre";
const FIRST_NAMES: &str = "Jean, Pierre, Marie, Louis, Paul, Jacques, Henri, Georges, André, René, Marcel, Lucien, Émile, Albert, Victor, Jules, \
    Léon, Charles, François, Joseph, Antoine, Simone, Marguerite, Louise, Jeanne, Germaine, Yvonne, Suzanne, Lucie, \
    Camille, Hélène, Rosa, Édouard, Fernand, Gaston, Raymond, Roger, Maurice, Robert, Gabriel, Édith, Olympe, Anatole, \
    Auguste, Eugène, Gustave, Frédéric, Arthur";
const TITLES: &str =
    "du Docteur, du Général, du Capitaine, de l'Abbé, du Colonel, du Professeur, du Maréchal, du Lieutenant";

/// Names with how often they come; drawn by weight.
struct Weighted {
    names: Vec<String>,
    sums: Vec<f64>,
}

impl Weighted {
    fn new(entries: impl Iterator<Item = (String, f64)>) -> Weighted {
        let mut total = 0.0;
        let (names, sums) = entries
            .map(|(name, weight)| {
                total += weight;
                (name, total)
            })
            .unzip();
        Weighted { names, sums }
    }

    fn draw(&self, random: &mut Random) -> &str {
        let at = random.unit() * self.sums.last().copied().unwrap_or(0.0);
        &self.names[self.sums.partition_point(|&sum| sum <= at).min(self.names.len() - 1)]
    }
}

/// What names are made of.
pub struct Names {
    streets: Weighted,
    localities: Weighted,
    ways: Weighted,
    nouns: Vec<&'static str>,
    qualities: Vec<&'static str>,
    first_names: Vec<&'static str>,
    titles: Vec<&'static str>,
    /// Names of communes, which lend their beginnings and endings to families and hamlets.
    fragments: Vec<String>,
}

/// The beginning of one name with the ending of another: the look of a French toponym, and as many as are wanted.
fn blend(first: &str, second: &str) -> Option<String> {
    let vowel = |c: char| "aeiouyéèêâîôû".contains(c);
    let cut = |word: &str, nth: usize| {
        let at: Vec<usize> = word.char_indices().filter(|&(at, c)| at > 1 && vowel(c)).map(|(at, _)| at).collect();
        at.get(nth.min(at.len().checked_sub(1)?)).copied()
    };
    let (head, tail) = (cut(first, 0)?, cut(second, 1)?);
    let name = format!("{}{}", &first[..head], &second[tail..]);
    (name.chars().count() >= 4).then_some(name)
}

impl Names {
    pub fn read(path: &Path, towns: &[Town]) -> Result<Names, Box<dyn Error>> {
        let table = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let rows: Vec<(&str, f64, &str)> = table
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some((cells.next()?, cells.next()?.parse().ok()?, cells.next()?))
            })
            .collect();
        // Town halls stand in the street of the town hall: the root takes back some of what they weigh too much.
        let of = |kind: &str| {
            Weighted::new(rows.iter().filter(|row| row.2 == kind).map(|row| (row.0.to_owned(), row.1.sqrt())))
        };
        let words = towns.iter().flat_map(|town| town.name.split(['-', ' ', '\'']));
        let mut fragments: Vec<String> =
            words.filter(|word| word.len() > 5 && !word.starts_with("Saint")).map(str::to_owned).collect();
        fragments.sort_unstable();
        fragments.dedup();
        let ways = WAYS.split(", ").filter_map(|way| way.split_once(' '));
        Ok(Names {
            streets: of("street"),
            localities: of("locality"),
            ways: Weighted::new(ways.map(|(name, weight)| (name.to_owned(), weight.parse().unwrap_or(1.0)))),
            nouns: NOUNS.split(", ").collect(),
            qualities: QUALITIES.split(", ").collect(),
            first_names: FIRST_NAMES.split(", ").collect(),
            titles: TITLES.split(", ").collect(),
            fragments,
        })
    }

    fn family(&self, random: &mut Random) -> String {
        loop {
            if let Some(name) =
                blend(random.choose::<String>(&self.fragments), random.choose::<String>(&self.fragments))
            {
                return name;
            }
        }
    }

    fn local(&self, neighbours: &[Town], hamlets: &[String], random: &mut Random) -> String {
        let way = self.ways.draw(random);
        match random.below(10) {
            0 | 1 if !hamlets.is_empty() => format!("{way} {}", of_place(random.choose::<String>(hamlets))),
            2 if !neighbours.is_empty() => format!("Route {}", of_place(&random.choose(neighbours).name)),
            3 | 4 => format!("{way} {} {}", random.choose::<&str>(&self.first_names), self.family(random)),
            5 => format!("{way} {} {}", random.choose::<&str>(&self.titles), self.family(random)),
            6 | 7 => {
                format!("{way} du {} {}", random.choose::<&str>(&self.nouns), random.choose::<&str>(&self.qualities))
            }
            _ => {
                // A real name under another way: "Impasse" of what is elsewhere a "Rue".
                let name = self.streets.draw(random);
                name.split_once(' ').map_or_else(|| name.to_owned(), |(_, rest)| format!("{way} {rest}"))
            }
        }
    }

    fn hamlet(&self, random: &mut Random) -> String {
        match random.below(5) {
            0 => self.localities.draw(random).to_owned(),
            1 => format!("Le {} {}", random.choose::<&str>(&self.nouns), random.choose::<&str>(&self.qualities)),
            2 => format!("La {}", self.family(random)),
            _ => self.family(random),
        }
    }

    /// Names of hamlets, none twice.
    pub fn hamlets(&self, count: usize, random: &mut Random) -> Vec<String> {
        let mut taken = HashSet::new();
        (0..count * 2).map(|_| self.hamlet(random)).filter(|name| taken.insert(name.clone())).take(count).collect()
    }

    /// Names of streets, none twice in what `taken` holds.
    pub fn streets(&self, count: usize, neighbours: &[Town], hamlets: &[String], random: &mut Random) -> Vec<String> {
        let mut taken = HashSet::new();
        let mut names = Vec::with_capacity(count);
        for _ in 0..count * 8 {
            if names.len() == count {
                break;
            }
            let name = match random.below(20) {
                // "Impasse des Lilas" beside "Rue des Lilas": one street in ten has a namesake in its town.
                0 | 1 if !names.is_empty() => {
                    let namesake = random.choose::<String>(&names);
                    match namesake.split_once(' ') {
                        Some((_, rest)) => format!("{} {rest}", self.ways.draw(random)),
                        None => continue,
                    }
                }
                2..=7 => self.local(neighbours, hamlets, random),
                _ => self.streets.draw(random).to_owned(),
            };
            if taken.insert(name.clone()) {
                names.push(name);
            }
        }
        names
    }
}

/// "de la Borde", "du Bourg", "des Vignes", "d'Arzens", "de Bram".
fn of_place(name: &str) -> String {
    for (article, with) in [("Le ", "du "), ("Les ", "des "), ("La ", "de la "), ("L'", "de l'")] {
        if let Some(rest) = name.strip_prefix(article) {
            return format!("{with}{rest}");
        }
    }
    if name.starts_with(['A', 'E', 'I', 'O', 'U', 'É', 'È', 'Î', 'Y']) {
        format!("d'{name}")
    } else {
        format!("de {name}")
    }
}
