//! What the status, the first and the last day say of whether somebody must be trained.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::columns::normal;
use crate::registry::person::{Presence, Profile};

/// What words of a status column mean, where that was said.
pub type Words = BTreeMap<String, Presence>;

/// What the word means; `None` for one that is not known.
pub(super) fn of_status(status: &str, words: &Words) -> Option<Presence> {
    let status = normal(status);
    let said = words.iter().find(|(word, _)| normal(word) == status).map(|(_, presence)| *presence);
    let known = || {
        let mut lists = LISTS.into_iter();
        lists.find(|(list, _)| holds(list, &status)).map(|(_, presence)| presence)
    };
    said.or_else(known)
}

/// What a roster that is taken over today says of somebody with this profile. A last day that is over goes before words:
/// whoever left yesterday has left, whatever the status still says. Days to come are for [`Presence::on`], because they
/// come without a roster. A word that nobody knows changes nothing.
#[must_use]
pub fn said(today: NaiveDate, profile: &Profile, words: &Words, before: Option<Presence>) -> Presence {
    if profile.leaves.is_some_and(|last| last < today) {
        return Presence::Gone;
    }
    match &profile.status {
        None => Presence::Active,
        Some(status) => of_status(status, words).or(before).unwrap_or(Presence::Active),
    }
}

/// Whether the word means that they have not begun, and nobody said that it means something else.
pub(super) fn is_not_begun(status: &str, words: &Words) -> bool {
    let status = normal(status);
    !words.keys().any(|word| normal(word) == status) && holds(NOT_BEGUN, &status)
}

fn holds(list: &str, status: &str) -> bool {
    list.split(',').any(|word| normal(word) == status)
}

/// Of whoever has not begun their first day decides when they are at work; a row without one is refused.
const LISTS: [(&str, Presence); 4] = [
    (ACTIVE, Presence::Active),
    (AWAY, Presence::Away),
    (NOT_BEGUN, Presence::Active),
    (GONE, Presence::Gone),
];

const NOT_BEGUN: &str = "to come, not started, pre-hire, prehire, future, future hire, joiner, starter, pending start, \
    noch nicht begonnen, zukünftig, künftig, Eintritt folgt, à venir, futur, future embauche, por incorporar, futuro, \
    futura, a iniciar, in arrivo, toekomstig, nog niet gestart, przyszły, przyszła, kommande, kommende, ještě nenastoupil, \
    ещё не приступил, 待入职, 入社予定, 입사예정";

const ACTIVE: &str = "active, employed, working, current, at work, aktiv, beschäftigt, actif, en poste, activo, activa, ativo, \
    ativa, attivo, attiva, actief, in dienst, aktywny, zatrudniony, anställd, ansat, ansatt, aktivní, \
    работает, активен, в штате, 在职, 在職, 在籍, 재직, 재직중, نشط, פעיל";

const AWAY: &str = "on leave, leave, leave of absence, loa, parental leave, maternity leave, maternity, paternity leave, \
    sick leave, long-term sick, unpaid leave, sabbatical, away, beurlaubt, Elternzeit, Mutterschutz, ruhend, \
    Langzeitkrank, en congé, congé, congé parental, congé maternité, excedencia, de permiso, permiso, \
    baja maternal, licença, afastado, afastada, in congedo, aspettativa, maternità, met verlof, verlof, \
    ouderschapsverlof, na urlopie, urlop macierzyński, urlop wychowawczy, tjänstledig, föräldraledig, orlov, \
    permisjon, в отпуске, в декрете, 休假, 休職, 休職中, 育児休業, 産休, 育休, 휴직, 휴직중";

const GONE: &str = "left, leaver, terminated, inactive, former, resigned, retired, dismissed, deceased, separated, gone, \
    ausgeschieden, ausgetreten, inaktiv, gekündigt, pensioniert, parti, partie, sorti, \
    sortie, inactif, retraité, cesado, inactivo, inactiva, jubilado, desligado, desligada, inativo, inativa, \
    cessato, cessata, inattivo, uit dienst, inactief, zwolniony, nieaktywny, slutat, fratrådt, sluttet, \
    уволен, уволена, 离职, 離職, 退職, 退職済, 퇴사, 퇴직";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_things() {
        let all: Vec<(String, Presence)> = LISTS
            .into_iter()
            .flat_map(|(words, presence)| words.split(',').map(move |word| (normal(word), presence)))
            .collect();
        for (word, presence) in &all {
            let same = all.iter().all(|(other, means)| other != word || means == presence);
            assert!(same && !word.is_empty(), "{word}");
        }
    }

    #[test]
    fn a_last_day_goes_before_words() {
        use Presence::{Active, Away, Gone};
        fn check(status: Option<&str>, hired: Option<&str>, leaves: Option<&str>, expected: Presence) {
            let date = |text: &str| text.parse().expect("a date");
            let profile = Profile {
                hired: hired.map(date),
                leaves: leaves.map(date),
                status: status.map(str::to_owned),
                ..Profile::named("Ada")
            };
            let words = Words::from([("Karenz".to_owned(), Away)]);
            let presence = said(date("2026-11-26"), &profile, &words, Some(Away));
            assert_eq!(presence, expected, "{status:?} {hired:?} {leaves:?}");
        }
        check(None, None, None, Active);
        check(Some("ACTIVE"), None, None, Active);
        check(Some("On-Leave"), None, None, Away);
        check(Some("karenz"), None, None, Away);
        check(Some("Terminated"), None, None, Gone);
        check(Some("离职"), None, None, Gone);
        check(Some("active"), None, Some("2026-11-25"), Gone);
        check(Some("active"), None, Some("2026-11-26"), Active);
        check(Some("active"), None, Some("2026-11-27"), Active);
        check(Some("active"), Some("2026-11-27"), None, Active);
        // They were told to have left, and stayed so on their first day.
        check(Some("not started"), Some("2026-11-27"), None, Active);
        check(Some("Pre-Hire"), Some("2026-11-26"), None, Active);
        check(Some("入社予定"), Some("2026-11-27"), None, Active);
        check(None, Some("2026-11-26"), Some("2027-01-01"), Active);
        check(Some("who knows"), None, None, Away);
    }
}
