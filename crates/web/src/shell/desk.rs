//! The entity desk: what the reader puts right of names, and of anything that was found.
//!
//! Corrections are kept in this browser, for this page, as the JSON that can be saved and opened as a file; those that
//! the site was published with come first. Every view is asked anew with them.

use sheaf_core::base::Apart;
use sheaf_core::views::LensView;
use sheaf_core::views::lens::table::Cell;
use sheaf_core::workspace::{Corrections, Kind, Merge, Name, Reject, Rename, Retype, Split};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{FormData, HtmlFormElement, HtmlInputElement};
use yew::prelude::*;

use crate::parts::{Shared, save};
use crate::store::Action;
use crate::words;

const KINDS: &[(&str, Kind, &str)] = &[
    ("person", Kind::Person, "a person"),
    ("org", Kind::Organisation, "an organisation"),
    ("place", Kind::Place, "a place"),
    ("name", Kind::Other, "another name"),
];

fn kind_of(name: &str) -> Option<Kind> {
    KINDS.iter().find(|(own, ..)| *own == name).map(|(_, kind, _)| *kind)
}

fn kind_words(kind: Kind) -> &'static str {
    KINDS.iter().find(|(_, own, _)| *own == kind).map_or("", |(.., words)| words)
}

/// What the desk shows.
#[derive(Clone, PartialEq, Properties)]
pub struct Props {
    /// The lens People & places.
    pub view: Shared<LensView>,
    /// What was put right so far, packed.
    pub corrections: Apart<Corrections>,
    /// Where actions go.
    pub act: Callback<Action>,
}

/// The desk.
#[component]
pub fn Desk(props: &Props) -> Html {
    let corrections = props.corrections.open().unwrap_or_default();
    let count = lines(&corrections).len();
    html! {
        <details class="desk">
            <summary>{ words::desk(count) }</summary>
            { entity(&props.view).map_or_else(|| html! {}, |name| forms(props, &name, &corrections)) }
            { list(props, &corrections) }
            <p class="files">
                <button type="button" class="plain" disabled={count == 0} onclick={saving(corrections.clone())}>{ words::DESK_SAVE }</button>
                <label class="plain">{ words::DESK_OPEN }<input type="file" class="visually-hidden" accept=".json,application/json" onchange={opening(&props.act)} /></label>
            </p>
            <p class="note">{ words::DESK_NOTE }</p>
        </details>
    }
}

/// The entity whose profile is shown.
fn entity(view: &LensView) -> Option<Name> {
    let setting = view.settings.iter().find(|setting| setting.name == "entity")?;
    let (kind, name) = setting.value.split_once(':')?;
    Some(Name { spelling: name.to_owned(), kind: kind_of(kind)? })
}

/// The spellings of its profile.
fn spellings(view: &LensView) -> Vec<String> {
    let table = view.facts.iter().find(|table| table.columns.first().is_some_and(|column| column.name == "spelling"));
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => Some(text.clone()),
        _ => None,
    };
    table
        .map(|table| table.rows.iter().filter_map(|row| row.cells.first().and_then(text)).collect())
        .unwrap_or_default()
}

/// A field with a button: what is written is handed over when the form is sent.
fn form(
    act: &Callback<Action>,
    button: &'static str,
    control: Html,
    change: impl Fn(String) -> Option<Corrections> + 'static,
) -> Html {
    let act = act.clone();
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        let form = event.target_dyn_into::<HtmlFormElement>();
        let value =
            form.and_then(|form| FormData::new_with_form(&form).ok()).and_then(|data| data.get("value").as_string());
        if let Some(corrections) = value.and_then(|value| change(value.trim().to_owned())) {
            act.emit(Action::Correct(Apart::of(&corrections)));
        }
    });
    html! { <form {onsubmit}>{ control }<button type="submit">{ button }</button></form> }
}

fn forms(props: &Props, own: &Name, corrections: &Corrections) -> Html {
    let changed = |change: fn(&mut Corrections, Name, String)| {
        let (own, corrections) = (own.clone(), corrections.clone());
        move |value: String| {
            (!value.is_empty()).then(|| {
                let mut corrections = corrections.clone();
                change(&mut corrections, own.clone(), value);
                corrections
            })
        }
    };
    let field = |label: &'static str, example: &'static str| {
        html! { <label>{ label }<input type="text" name="value" required=true autocomplete="off" dir="auto" placeholder={example} /></label> }
    };
    let rename = changed(|corrections, entity, name| {
        corrections.rename.retain(|other| other.entity != entity);
        corrections.rename.push(Rename { entity, name });
    });
    let merge = changed(|corrections, one, other| {
        let kind = one.kind;
        corrections.merge.push(Merge { one, other: Name { spelling: other, kind } });
    });
    let retype = changed(|corrections, entity, kind| {
        if let Some(kind) = kind_of(&kind) {
            corrections.retype.retain(|other| other.entity != entity);
            corrections.retype.push(Retype { entity, kind });
        }
    });
    let split = changed(|corrections, from, spelling| corrections.split.push(Split { spelling, from }));
    let spellings = spellings(&props.view);
    let hide = {
        let mut corrections = corrections.clone();
        corrections.hide.push(own.clone());
        props.act.reform(move |_| Action::Correct(Apart::of(&corrections)))
    };
    html! {
        <div class="forms">
            { form(&props.act, words::DESK_RENAME, field(words::DESK_NAME, ""), rename) }
            { form(&props.act, words::DESK_MERGE, field(words::DESK_SAME, "Sergei Lavrov"), merge) }
            { form(&props.act, words::DESK_RETYPE, html! {
                <label>{ words::DESK_KIND }<select name="value">
                    { for KINDS.iter().filter(|(_, kind, _)| *kind != own.kind).map(|(name, _, words)| html! { <option value={*name}>{ *words }</option> }) }
                </select></label>
            }, retype) }
            { if spellings.len() > 1 { form(&props.act, words::DESK_SPLIT, html! {
                <label>{ words::DESK_OTHER }<select name="value">
                    { for spellings.iter().map(|spelling| html! { <option value={spelling.clone()}>{ spelling }</option> }) }
                </select></label>
            }, split) } else { html! {} } }
            <p><button type="button" onclick={hide}>{ words::DESK_HIDE }</button></p>
        </div>
    }
}

/// Every correction as a sentence, with what is left when it is taken back.
fn lines(corrections: &Corrections) -> Vec<(String, Corrections)> {
    let mut lines = Vec::new();
    macro_rules! each {
        ($list:ident, $sentence:expr) => {
            for (place, correction) in corrections.$list.iter().enumerate() {
                let mut without = corrections.clone();
                without.$list.remove(place);
                #[allow(clippy::redundant_closure_call)]
                lines.push(($sentence(correction), without));
            }
        };
    }
    each!(merge, |own: &Merge| format!("“{}” and “{}” are one.", own.one.spelling, own.other.spelling));
    each!(split, |own: &Split| format!("“{}” is not {}.", own.spelling, own.from.spelling));
    each!(rename, |own: &Rename| format!("{} is called “{}”.", own.entity.spelling, own.name));
    each!(retype, |own: &Retype| format!("{} is {}.", own.entity.spelling, kind_words(own.kind)));
    each!(hide, |own: &Name| format!("{} is not shown.", own.spelling));
    each!(reject, |own: &Reject| format!("“{}” in {} is not what it was taken for.", own.text, own.document));
    lines
}

fn list(props: &Props, corrections: &Corrections) -> Html {
    let lines = lines(corrections);
    html! {
        <ul hidden={lines.is_empty()}>
            { for lines.into_iter().map(|(sentence, without)| html! {
                <li>{ sentence }{ " " }<button type="button" class="plain" onclick={props.act.reform(move |_| Action::Correct(Apart::of(&without)))}>{ words::DESK_BACK }</button></li>
            }) }
        </ul>
    }
}

fn saving(corrections: Corrections) -> Callback<MouseEvent> {
    Callback::from(move |_| {
        if let Some(json) = to_json(&corrections) {
            // A browser that saves nothing has its own way to say so.
            let _ = save::text("corrections.json", "application/json", &json);
        }
    })
}

fn opening(act: &Callback<Action>) -> Callback<Event> {
    let act = act.clone();
    Callback::from(move |event: Event| {
        let input = event.target_unchecked_into::<HtmlInputElement>();
        let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
        // The same file may be chosen once more.
        input.set_value("");
        let act = act.clone();
        spawn_local(async move {
            let name = file.name();
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            act.emit(match text.and_then(|text| from_json(&text)) {
                Some(corrections) => Action::Correct(Apart::of(&corrections)),
                None => Action::Notice(words::no_corrections(&name)),
            });
        });
    })
}

fn to_json(corrections: &Corrections) -> Option<String> {
    let value = serde_wasm_bindgen::to_value(corrections).ok()?;
    js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &JsValue::from(2)).ok().map(String::from)
}

/// Corrections, if that is what the text has: an object of other keys would be read as having none.
fn from_json(text: &str) -> Option<Corrections> {
    let value = js_sys::JSON::parse(text).ok()?;
    let lists = serde_wasm_bindgen::to_value(&Corrections::default()).ok()?;
    let keys = js_sys::Reflect::own_keys(&value).ok()?;
    let is_ours = keys.length() > 0 && keys.iter().all(|key| js_sys::Reflect::has(&lists, &key).unwrap_or(false));
    if is_ours { serde_wasm_bindgen::from_value(value).ok() } else { None }
}

/// Corrections with one finding rejected.
pub fn rejecting(corrections: &Apart<Corrections>, reject: Reject) -> Apart<Corrections> {
    let mut corrections = corrections.open().unwrap_or_default();
    if !corrections.reject.contains(&reject) {
        corrections.reject.push(reject);
    }
    Apart::of(&corrections)
}

/// Where this browser keeps them: other pages of the same host have corrections of their own.
fn key() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    ["sheaf.corrections:", &path].concat()
}

/// Keeps corrections in this browser.
pub fn keep(corrections: &Apart<Corrections>) {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    if let Some((storage, json)) = storage.zip(corrections.open().as_ref().and_then(to_json)) {
        // A browser that keeps nothing keeps them until the page is left.
        let _ = storage.set_item(&key(), &json);
    }
}

/// The corrections that this browser keeps, else those that the site was published with.
///
/// # Errors
/// What is kept is none: a sentence says so, and it is left as it is.
pub fn kept() -> Result<Option<Apart<Corrections>>, String> {
    let Some(window) = web_sys::window() else { return Ok(None) };
    let storage = window.local_storage().ok().flatten();
    let own = storage.and_then(|storage| storage.get_item(&key()).ok().flatten());
    let published = || {
        let meta = window.document()?.query_selector("meta[name='sheaf-corrections']").ok()??;
        meta.get_attribute("content").filter(|json| !json.is_empty())
    };
    match own.or_else(published) {
        None => Ok(None),
        Some(json) => match from_json(&json) {
            Some(corrections) => Ok(Some(Apart::of(&corrections))),
            None => Err(words::DESK_UNREADABLE.to_owned()),
        },
    }
}
