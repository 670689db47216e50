//! The chart of indicators: a table of which every row has a bar, so that it can be read, heard and made narrow.

use maud::{Markup, html};
use rust_decimal::Decimal;

use crate::domain::figure::{round2, two_decimals};
use crate::serve::page::{Voice, Wording};
use crate::serve::results::Details;

/// The indicators with their scores.
pub(super) fn indicators(voice: Voice, details: &Details) -> Markup {
    let words = &Wording::built_in().result;
    let threshold = two_decimals(details.threshold);
    html! {
        p.hint { (voice.fill(&words.mark, &[("threshold", &threshold)])) }
        table.chart {
            thead {
                tr {
                    th scope="col" { (voice.say(&words.indicator)) }
                    th scope="col" { (voice.say(&words.bar)) }
                    th.number scope="col" { (voice.say(&words.score)) }
                }
            }
            tbody {
                @for indicator in &details.indicators {
                    @let score = indicator.figure.shown();
                    @let weak = score.is_some_and(|score| round2(score) < details.threshold);
                    tr {
                        th scope="row" lang="th" { (indicator.name) ". " (indicator.title.as_deref().unwrap_or_default()) }
                        td.bar { (bar(score, details.threshold, weak)) }
                        td.number {
                            @match score {
                                Some(score) => {
                                    @if weak {
                                        span.sign aria-hidden="true" { "▼ " }
                                        span.heard { (voice.say(&words.below)) " " }
                                    }
                                    (two_decimals(score))
                                }
                                None => (voice.say(&words.unknown)),
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A bar of a hundred parts, with a line where the threshold is.
pub(super) fn bar(score: Option<Decimal>, threshold: Decimal, weak: bool) -> Markup {
    let parts = |number: Decimal| round2(number.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED)).normalize().to_string();
    html! {
        svg.bars viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false" {
            rect.track x="0" y="0" width="100" height="10" {}
            @if let Some(score) = score {
                rect.value.weak[weak] x="0" y="1" width=(parts(score)) height="8" {}
            }
            line.threshold x1=(parts(threshold)) x2=(parts(threshold)) y1="0" y2="10" {}
        }
    }
}
