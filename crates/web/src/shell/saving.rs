//! Saving the view as a file, and citing the document that is open.

use sheaf_core::views::lens::export::Format;
use yew::prelude::*;

use super::dialog::Props;
use crate::parts::absent::failed;
use crate::protocol::Slot;
use crate::store::Action;
use crate::words;

/// The content of the dialog.
#[component]
pub fn Saving(props: &Props) -> Html {
    let citation = use_memo(props.citation.clone(), |packed| packed.as_ref().and_then(|packed| packed.open()));
    let is_open = props.route.open.is_some();
    html! {
        <div class="saving-view">
            <p class="lead">{ words::SAVE_LEAD }</p>
            <ul class="formats">
                { for words::FORMATS.iter().zip(Format::ALL).map(|((title, what), format)| html! {
                    <li key={*title}>
                        <button type="button" class="plain" onclick={props.act.reform(move |_| Action::Save(*format))}>{ *title }</button>
                        <span>{ *what }</span>
                    </li>
                }) }
            </ul>
            <h3>{ words::CITE }</h3>
            { match (&*citation, &props.failed) {
                _ if !is_open => html! { <p>{ words::CITE_HINT }</p> },
                (Some(view), _) => html! {
                    <>
                        { if view.quotation.is_empty() { html! {} } else { html! { <blockquote dir="auto">{ &view.quotation }</blockquote> } } }
                        { for view.forms.iter().map(|form| {
                            let text = form.text.clone();
                            html! {
                                <section key={form.name.clone()} class="reference">
                                    <div class="bar"><h4>{ &form.title }</h4>
                                        <button type="button" class="plain" onclick={props.act.reform(move |_| Action::CopyText(text.clone()))}>{ words::COPY }</button></div>
                                    <pre dir="auto" class={classes!(form.text.contains('\n').then_some("code"))}>{ &form.text }</pre>
                                </section>
                            }
                        }) }
                    </>
                },
                (None, Some(message)) => html! {
                    <div role="alert">{ failed(message, &props.act, || Action::AskAgain(Slot::Explain)) }</div>
                },
                (None, None) => html! { <p role="status">{ words::WAITING }</p> },
            } }
        </div>
    }
}
