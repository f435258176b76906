//! The settings of a lens as a form, drawn from what the core says of them.

use sheaf_core::views::LensView;
use sheaf_core::views::lens::settings::{Kind, Setting};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::parts::Shared;
use crate::route::Route;
use crate::store::Action;
use crate::words;

/// Settings that are shown at once; the others are one click away.
const FEW: usize = 3;

/// What the form shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The lens with its settings.
    pub view: Shared<LensView>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The form.
#[component]
pub fn SettingsForm(props: &Props) -> Html {
    let settings = &props.view.settings;
    let (first, rest) = settings.split_at(settings.len().min(FEW));
    // What was done to lines is said where it cannot be overlooked.
    let (rows, rest): (Vec<Setting>, Vec<Setting>) =
        rest.iter().cloned().partition(|setting| setting.kind == Kind::Rows && !setting.value.is_empty());
    let rest: Vec<Setting> = rest.into_iter().filter(|setting| setting.kind != Kind::Rows).collect();
    let changed = rest.iter().filter(|setting| setting.value != setting.default).count();
    let fields = |settings: &[Setting]| -> Html { settings.iter().map(|setting| field(setting, &props.act)).collect() };
    html! {
        <form class="settings" aria-label={words::SETTINGS} onsubmit={|event: SubmitEvent| event.prevent_default()}>
            <div class="fields">{ fields(first) }{ fields(&rows) }</div>
            { if rest.is_empty() { html! {} } else { html! {
                <details>
                    <summary>{ words::more_settings(changed) }</summary>
                    <div class="fields">{ fields(&rest) }</div>
                </details>
            } } }
        </form>
    }
}

fn field(setting: &Setting, act: &Callback<Action>) -> Html {
    let id = ["setting-", &setting.name].concat();
    let set = {
        let (act, name) = (act.clone(), setting.name.clone());
        let default = setting.default.clone();
        Callback::from(move |value: String| {
            let value = if value == default { String::new() } else { value };
            act.emit(Action::Set(name.clone(), value));
        })
    };
    let label = html! { <label for={id.clone()}>{ &setting.label }</label> };
    let typed = set.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().value().trim().to_owned());
    let control = match &setting.kind {
        Kind::Choice(choices) => select(id, choices, &setting.value, None, &set),
        Kind::Several(choices, most) => return several(setting, choices, *most, &set),
        Kind::Number(least, most) => html! {
            <input {id} type="number" inputmode="numeric" min={least.to_string()} max={most.to_string()} value={setting.value.clone()} onchange={typed} />
        },
        Kind::Text(example) => html! {
            <input {id} type="text" dir="auto" autocomplete="off" spellcheck="false" placeholder={example.clone()} value={setting.value.clone()} onchange={typed} />
        },
        Kind::Rows => {
            let count = setting.value.lines().count();
            let undo = set.reform(|_: MouseEvent| String::new());
            return html! {
                <p key={setting.name.clone()} class="setting" hidden={count == 0}>
                    { &setting.label }{ ": " }{ count }{ " " }<button type="button" class="plain" onclick={undo}>{ words::UNDO }</button>
                </p>
            };
        }
        Kind::Switch => {
            let onchange = set.reform(|event: Event| {
                if event.target_unchecked_into::<HtmlInputElement>().checked() {
                    "1".to_owned()
                } else {
                    "0".to_owned()
                }
            });
            return html! {
                <div key={setting.name.clone()} class="setting switch">
                    <input {id} type="checkbox" checked={setting.value == "1"} {onchange} />{ label }
                </div>
            };
        }
    };
    html! { <div key={setting.name.clone()} class="setting">{ label }{ control }</div> }
}

fn select(
    id: String,
    choices: &[(String, String)],
    value: &str,
    none: Option<&'static str>,
    set: &Callback<String>,
) -> Html {
    let onchange = set.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <select {id} {onchange}>
            { for none.iter().map(|none| html! { <option value="" selected={value.is_empty()}>{ *none }</option> }) }
            { for choices.iter().map(|(own, words)| html! { <option value={own.clone()} selected={own == value}>{ words }</option> }) }
        </select>
    }
}

/// As many selections as may be made, each after the first only once the one before is.
fn several(setting: &Setting, choices: &[(String, String)], most: u8, set: &Callback<String>) -> Html {
    let chosen: Vec<String> = setting.value.split(',').filter(|value| !value.is_empty()).map(str::to_owned).collect();
    let count = (chosen.len() + 1).min(usize::from(most));
    let one = |place: usize| {
        let chosen_now = chosen.clone();
        let set = set.reform(move |value: String| {
            let mut chosen = chosen_now.clone();
            if value.is_empty() {
                chosen.truncate(place);
            } else if let Some(slot) = chosen.get_mut(place) {
                *slot = value;
            } else {
                chosen.push(value);
            }
            chosen.join(",")
        });
        let id = if place == 0 {
            ["setting-", &setting.name].concat()
        } else {
            format!("setting-{}-{}", setting.name, place + 1)
        };
        let value = chosen.get(place).map_or("", String::as_str);
        let label = if place == 0 { setting.label.clone() } else { words::THEN_BY.to_owned() };
        html! {
            <div key={place} class="setting">
                <label for={id.clone()}>{ label }</label>
                { select(id, choices, value, Some(words::CORPUS_ORDER), &set) }
            </div>
        }
    };
    html! { <div key={setting.name.clone()} class="several">{ for (0..count).map(one) }</div> }
}

/// The field that looks for letters in the first column of a table.
pub fn find(route: &Route, act: &Callback<Action>) -> Html {
    let value =
        route.settings.iter().find(|(name, _)| name == "find").map_or(String::new(), |(_, value)| value.clone());
    let oninput = act.reform(|event: InputEvent| {
        Action::Set("find".to_owned(), event.target_unchecked_into::<HtmlInputElement>().value())
    });
    html! {
        <div class="find">
            <label for="find">{ words::FIND }</label>
            <input id="find" type="search" dir="auto" autocomplete="off" spellcheck="false" {value} {oninput} />
        </div>
    }
}

/// The field that goes to a row of a long table.
pub fn go_to(total: u32) -> Html {
    let onchange = Callback::from(|event: Event| {
        if let Ok(row) = event.target_unchecked_into::<HtmlInputElement>().value().trim().parse::<u32>() {
            crate::parts::long_table::scroll_to(row.saturating_sub(1));
        }
    });
    html! {
        <div class="find">
            <label for="go-to">{ words::GO_TO }</label>
            <input id="go-to" type="number" inputmode="numeric" min="1" max={total.to_string()} {onchange} />
        </div>
    }
}
