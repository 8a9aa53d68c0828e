use ratatui::layout::Rect;

use super::*;
use palette::Rgb;

const PALETTES: [(ThemeName, &Palette, f64); 4] = [
    (ThemeName::Light, &palette::LIGHT, 4.5),
    (ThemeName::Dark, &palette::DARK, 4.5),
    (ThemeName::HighContrast, &palette::HIGH_CONTRAST, 7.0),
    (ThemeName::ColourBlind, &palette::COLOUR_BLIND, 4.5),
];

fn theme(name: ThemeName, depth: Depth) -> Theme {
    Theme::of(&Config { theme: name, ..Config::default() }, Device::with(depth))
}

/// A part of a colour as light, 0 to 1 (IEC 61966-2-1, as WCAG 2.2 gives it).
fn light(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

/// WCAG 2.2, "relative luminance".
fn luminance(Rgb(red, green, blue): Rgb) -> f64 {
    0.2126 * light(red) + 0.7152 * light(green) + 0.0722 * light(blue)
}

/// WCAG 2.2, "contrast ratio".
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What a colour looks like; nothing for one that is the terminal's choice.
fn seen(colour: Color) -> Option<Rgb> {
    match colour {
        Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
        Color::Indexed(grey @ 232..) => {
            let part = 8 + 10 * (grey - 232);
            Some(Rgb(part, part, part))
        }
        Color::Indexed(index @ 16..) => {
            let step = |nth: u8| if nth == 0 { 0 } else { 55 + 40 * nth };
            let index = index - 16;
            Some(Rgb(step(index / 36), step(index / 6 % 6), step(index % 6)))
        }
        _ => None,
    }
}

#[test]
fn contrast_is_reckoned_as_wcag_does() {
    let check = |one, other, expected: f64| {
        assert!((contrast(one, other) - expected).abs() < 0.01, "{}", contrast(one, other));
        assert!((contrast(other, one) - expected).abs() < 0.01);
    };
    check(Rgb(0, 0, 0), Rgb(255, 255, 255), 21.0);
    check(Rgb(0x77, 0x77, 0x77), Rgb(255, 255, 255), 4.48);
    check(Rgb(0x59, 0x59, 0x59), Rgb(255, 255, 255), 7.0);
    check(Rgb(255, 0, 0), Rgb(255, 255, 255), 4.0);
}

/// Every way of writing that views have.
fn styles(theme: Theme) -> Vec<(&'static str, Style)> {
    let mut styles = vec![
        ("text", theme.text()),
        ("muted", theme.muted()),
        ("strong", theme.strong()),
        ("title", theme.title()),
        ("accent", theme.accent()),
        ("good", theme.good()),
        ("bad", theme.bad()),
        ("caution", theme.caution()),
        ("code", theme.code()),
        ("link", theme.link()),
        ("key", theme.key()),
        ("selected", theme.selected()),
    ];
    styles.extend((1..=6).map(|level| ("heading", theme.heading(level))));
    // What is selected may have been written in any of them.
    let selected: Vec<_> =
        styles.iter().map(|(name, style)| (*name, style.patch(theme.selected()))).collect();
    styles.extend(selected);
    styles
}

#[test]
fn everything_can_be_read_on_every_ground() {
    for (name, _, least) in PALETTES {
        for depth in [Depth::Full, Depth::Indexed] {
            let theme = theme(name, depth);
            for (what, style) in styles(theme) {
                let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
                buffer.set_string(0, 0, "x", style);
                theme.finish(&mut buffer);
                let cell = &buffer[(0, 0)];
                let (ink, ground) = (seen(cell.fg), seen(cell.bg));
                let (ink, ground) = ink.zip(ground).expect("colours that do not depend on the terminal");
                let contrast = contrast(ink, ground);
                assert!(contrast >= least, "{what} in {name:?}, {depth:?}: {contrast:.2}");
                // How a terminal dims is its own affair.
                assert!(!cell.modifier.contains(Modifier::DIM), "{what} in {name:?}");
            }
        }
    }
}

/// A colour as people see it who lack a kind of cones: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
/// Simulation of Color Vision Deficiency" (2009), severity 1, on linear sRGB.
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("all cones", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// CIE 1976 L*a*b* under D65, of linear sRGB.
fn lab(linear: [f64; 3]) -> [f64; 3] {
    let [red, green, blue] = linear.map(|part| part.clamp(0.0, 1.0));
    let x = 0.412_456 * red + 0.357_576 * green + 0.180_438 * blue;
    let y = 0.212_673 * red + 0.715_152 * green + 0.072_175 * blue;
    let z = 0.019_334 * red + 0.119_192 * green + 0.950_304 * blue;
    let f = |t: f64| if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 };
    let (x, y, z) = (f(x / 0.950_47), f(y), f(z / 1.088_83));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How different two colours look: their distance in L*a*b*, where about 2 can just be told.
fn difference(one: Rgb, other: Rgb, vision: &[[f64; 3]; 3]) -> f64 {
    let seen = |Rgb(red, green, blue): Rgb| {
        let linear = [light(red), light(green), light(blue)];
        lab(vision.map(|row| row.iter().zip(linear).map(|(weight, part)| weight * part).sum()))
    };
    let (one, other) = (seen(one), seen(other));
    one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
}

/// The least difference between what means good, bad and take care, over all visions.
fn least_difference(palette: &Palette, depth: Depth) -> f64 {
    let ink = |ink| seen(palette.ink(ink).colour(depth)).expect("a colour of ours");
    let pairs = [(Ink::Good, Ink::Bad), (Ink::Good, Ink::Caution), (Ink::Bad, Ink::Caution)];
    let all = VISIONS
        .iter()
        .flat_map(|(_, vision)| pairs.iter().map(|(one, other)| difference(ink(*one), ink(*other), vision)));
    all.fold(f64::INFINITY, f64::min)
}

#[test]
fn good_bad_and_caution_are_three_colours_for_every_eye() {
    for depth in [Depth::Full, Depth::Indexed] {
        let least = least_difference(&palette::COLOUR_BLIND, depth);
        assert!(least >= 30.0, "{depth:?}: {least:.0}");
    }
    // What the theme is for: green and red of the dark one are the same to many.
    assert!(least_difference(&palette::DARK, Depth::Full) < 10.0);
}

#[test]
fn a_terminal_with_256_colours_gets_the_nearest() {
    let all = (16..=255).map(|index| (index, seen(Color::Indexed(index)).expect("a fixed colour")));
    let all: Vec<(u8, Rgb)> = all.collect();
    let distance = |Rgb(r, g, b): Rgb, Rgb(x, y, z): Rgb| {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(r, x) + square(g, y) + square(b, z)
    };
    for red in (0..=255).step_by(15) {
        for green in (0..=255).step_by(15) {
            for blue in (0..=255).step_by(15) {
                let wanted = Rgb(red, green, blue);
                let index = wanted.index();
                let got = seen(Color::Indexed(index)).expect("a fixed colour");
                let best = all.iter().map(|(_, colour)| distance(wanted, *colour)).min();
                assert_eq!(Some(distance(wanted, got)), best, "{wanted:?} is not {index}");
            }
        }
    }
}

#[test]
fn no_color_wins_over_every_theme() {
    for name in ThemeName::ALL {
        let theme = theme(*name, Depth::None);
        assert_eq!(theme, Theme::PLAIN);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        for (_, style) in styles(theme) {
            buffer.set_string(0, 0, "x", style);
            theme.finish(&mut buffer);
            assert_eq!((buffer[(0, 0)].fg, buffer[(0, 0)].bg), (Color::Reset, Color::Reset));
        }
    }
    assert_eq!(theme(ThemeName::Terminal, Depth::Full), Theme::COLOURED);
}

#[test]
fn a_terminal_gets_no_colour_that_it_does_not_have() {
    let colours = |name: ThemeName, depth: Depth| {
        let theme = theme(name, depth);
        let mut buffer = Buffer::empty(Rect::new(0, 0, 1, 1));
        let mut seen = Vec::new();
        for (_, style) in styles(theme) {
            let emphasised = style.add_modifier(Modifier::ITALIC | Modifier::CROSSED_OUT);
            buffer.content.iter_mut().for_each(Cell::reset);
            buffer.set_string(0, 0, "x", emphasised);
            theme.finish(&mut buffer);
            seen.push((buffer[(0, 0)].fg, buffer[(0, 0)].bg, buffer[(0, 0)].modifier));
        }
        seen
    };
    for name in ThemeName::ALL {
        for (ink, ground, modifier) in colours(*name, Depth::Mono) {
            assert_eq!((ink, ground), (Color::Reset, Color::Reset), "{name:?}");
            assert!(
                (Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED).contains(modifier),
                "{modifier:?}"
            );
            assert!(modifier.contains(Modifier::UNDERLINED), "emphasis is seen");
        }
        for (ink, ground, _) in colours(*name, Depth::Sixteen) {
            let is_own = |colour| matches!(colour, Color::Indexed(_) | Color::Rgb(..));
            assert!(!is_own(ink) && !is_own(ground), "{name:?}: {ink:?} on {ground:?}");
        }
    }
}

#[test]
fn the_terminal_says_who_orders_text_where_nobody_chose() {
    let orders = Device { depth: Depth::Full, bidi: Bidi::Terminal };
    let bidi = |chosen| Theme::of(&Config { bidi: chosen, ..Config::default() }, orders).bidi();
    assert_eq!(bidi(config::Bidi::Auto), Bidi::Terminal);
    assert_eq!(bidi(config::Bidi::App), Bidi::App);
    assert_eq!(bidi(config::Bidi::Terminal), Bidi::Terminal);
}
