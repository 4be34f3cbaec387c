//! `matura config`: the settings.

use clap::Args;
use serde_json::{Map, Value, json};

use super::table::table;
use super::{Context, place};
use crate::error::{Error, Kind, Result};
use crate::model::{Setting, Settings};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// The setting to show
    name: Option<String>,
    /// The value to give it
    value: Option<String>,
    /// Print where the collection is
    #[arg(long, conflicts_with = "name")]
    path: bool,
}

pub(super) fn run(args: &ConfigArgs, context: &mut Context) -> Result<()> {
    if args.path {
        let path = place::collection(context.collection.as_deref())?.display().to_string();
        return context.out.result(&json!({ "collection": path }), || path.clone());
    }
    let Some(name) = &args.name else {
        let settings = context.look()?.settings()?;
        return context.out.result(&document(&Setting::ALL, &settings), || list(&settings));
    };
    let setting = Setting::named(name).ok_or_else(|| {
        let near = text::near(name, Setting::ALL.map(Setting::name));
        let hint = near
            .first()
            .map_or("matura config lists them".to_owned(), |near| format!("did you mean {near}?"));
        Error::new(Kind::Usage, format!("there is no setting {name:?}")).hint(hint)
    })?;
    let settings = match &args.value {
        Some(value) => context.open()?.set(setting, value)?,
        None => context.look()?.settings()?,
    };
    context.out.result(&document(&[setting], &settings), || setting.get(&settings))
}

fn document(names: &[Setting], settings: &Settings) -> Value {
    let value = |setting: &Setting| {
        let text = setting.get(settings);
        (setting.name().to_owned(), text.parse::<u32>().map_or(Value::String(text), Value::from))
    };
    Value::Object(names.iter().map(value).collect::<Map<_, _>>())
}

fn list(settings: &Settings) -> String {
    let row = |setting: Setting| {
        vec![
            setting.name().to_owned(),
            setting.get(settings),
            format!("{}: {}", setting.meaning(), setting.range()),
        ]
    };
    table(&["setting", "value", "meaning"], Setting::ALL.map(row))
}
