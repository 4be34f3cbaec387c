//! `matura config`: the settings.

use clap::Args;
use serde_json::{Map, Value, json};

use super::table::table;
use super::{Context, place};
use crate::error::{Error, Kind, Result};
use crate::model::{DeckName, Limits, Setting, Settings};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// The setting to show
    name: Option<String>,
    /// The value to give it
    value: Option<String>,
    #[arg(
        long,
        value_name = "DECK",
        help = "The limits of this deck, which bind the decks below it (new_per_day, reviews_per_day)"
    )]
    deck: Option<String>,
    /// Take the value away again: the default holds, or no limit of the deck
    #[arg(long, requires = "name", conflicts_with = "value")]
    unset: bool,
    /// Print where the collection is
    #[arg(long, conflicts_with_all = ["name", "deck"])]
    path: bool,
}

pub(super) fn run(args: &ConfigArgs, context: &mut Context) -> Result<()> {
    if args.path {
        let path = place::collection(context.collection.as_deref())?.display().to_string();
        return context.out.result(&json!({ "collection": path }), || path.clone());
    }
    let setting = args.name.as_deref().map(named).transpose()?;
    if let Some(deck) = &args.deck {
        let setting = setting.map(Setting::of_deck).transpose()?;
        return of_deck(args, deck, setting, context);
    }
    let Some(setting) = setting else {
        let settings = context.look()?.settings()?;
        return context.out.result(&document(&Setting::ALL, &settings), || list(&settings));
    };
    let settings = match &args.value {
        Some(value) => context.open()?.set(setting, value)?,
        None if args.unset => context.look()?.unset(setting)?,
        None => context.look()?.settings()?,
    };
    context.out.result(&document(&[setting], &settings), || setting.get(&settings))
}

fn named(name: &str) -> Result<Setting> {
    Setting::named(name).ok_or_else(|| {
        let near = text::near(name, Setting::ALL.map(Setting::name));
        let hint = near
            .first()
            .map_or("matura config lists them".to_owned(), |near| format!("did you mean {near}?"));
        Error::new(Kind::Usage, format!("there is no setting {name:?}")).hint(hint)
    })
}

/// The limits of a deck.
fn of_deck(args: &ConfigArgs, deck: &str, setting: Option<Setting>, context: &mut Context) -> Result<()> {
    let mut collection = context.look()?;
    let (deck, limits) = match (setting, &args.value) {
        (Some(setting), value) if value.is_some() || args.unset => {
            collection.set_limit(deck, setting, value.as_deref())?
        }
        _ => collection.limits(deck)?,
    };
    let names = setting.map_or(Setting::OF_DECKS.to_vec(), |setting| vec![setting]);
    let mut document = Map::from_iter([("deck".to_owned(), json!(deck))]);
    document.extend(names.iter().map(|name| (name.name().to_owned(), json!(limits.get(*name)))));
    context.out.result(&Value::Object(document), || limits_in_words(&deck, limits, setting))
}

fn limits_in_words(deck: &DeckName, limits: Limits, setting: Option<Setting>) -> String {
    let value = |setting: Setting| limits.get(setting).map_or("none".to_owned(), |value| value.to_string());
    if let Some(setting) = setting {
        return value(setting);
    }
    let row = |setting: Setting| {
        let meaning = format!("{}, in {deck} and the decks below it: {}", setting.meaning(), setting.range());
        vec![setting.name().to_owned(), value(setting), meaning]
    };
    table(&["setting", "value", "meaning"], Setting::OF_DECKS.map(row))
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
