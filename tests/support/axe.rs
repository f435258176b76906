//! Accessibility as axe-core sees it.

use std::fs;

use serde_json::Value;

use crate::browser::Browser;

/// What axe-core objects to on the page as it is now: a line for each rule, with the elements.
///
/// The script is run through the driver, which the page's security policy does not bind: the policy stays as it is.
///
/// # Panics
/// axe-core cannot be run.
pub async fn violations(browser: &Browser) -> Vec<String> {
    if !browser.is("typeof window.axe === 'object'").await {
        let script = fs::read_to_string(&browser.settings().axe).expect("the script of axe-core");
        browser.run(&script).await;
    }
    let report = browser.promised("axe.run(document, { resultTypes: ['violations'] })").await;
    let Some(violations) = report["violations"].as_array() else { panic!("axe-core did not run: {report}") };
    violations.iter().map(line).collect()
}

fn line(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
    let places: Vec<String> = nodes.iter().take(3).map(|node| node["html"].to_string()).collect();
    format!("{}: {} ({} places: {})", violation["id"], violation["help"], nodes.len(), places.join(", "))
}
