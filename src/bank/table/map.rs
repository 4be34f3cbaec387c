//! What the learner says that columns hold: `--map prompt=Frage,options=4-7`.

use super::layout::Layout;
use super::names::Role;
use crate::bank::Options;
use crate::error::{Error, Kind, Result};
use crate::model::Field;

impl Layout {
    /// Columns that the learner named: `prompt=Frage`, `options=4-7`, `tags=2+5`.
    pub(super) fn map(&mut self, options: &Options) -> Result<()> {
        let mut mapped: Vec<(usize, &str)> = Vec::new();
        for (role_name, columns) in &options.map {
            let places = self.places(columns)?;
            for place in &places {
                if let Some((_, other)) = mapped.iter().find(|(other, _)| other == place) {
                    return Err(self.twice(*place, [other, role_name]));
                }
                mapped.push((*place, role_name));
            }
            let role = mapped_role(role_name)?;
            if role != Role::Ignored && role != Role::Field(Field::Tags) {
                self.replace(role, None);
            }
            if role == Role::Field(Field::Options) && places.len() > 1 {
                self.roles
                    .iter_mut()
                    .filter(|held| matches!(held, Some(Role::Option(_))))
                    .for_each(|held| *held = None);
            }
            for (number, place) in places.iter().enumerate() {
                let role = match role {
                    Role::Field(Field::Options) if places.len() > 1 => {
                        Role::Option(u16::try_from(number).unwrap_or(u16::MAX))
                    }
                    role => role,
                };
                if let Some(held) = self.roles.get_mut(*place) {
                    *held = Some(role);
                }
            }
        }
        Ok(())
    }

    fn places(&self, columns: &str) -> Result<Vec<usize>> {
        if let Some(place) = self.named(columns) {
            return Ok(vec![place]);
        }
        let mut places = Vec::new();
        for part in columns.split('+') {
            let end = |text: &str| text.trim().parse::<usize>().ok().or_else(|| Some(self.named(text)? + 1));
            let range = part.split_once('-').and_then(|(from, to)| Some(end(from)?..=end(to)?));
            let number = part.trim().parse::<usize>().ok();
            match (range, number, self.named(part)) {
                (_, _, Some(place)) => places.push(place),
                (Some(range), ..) => places.extend(range.map(|number| number.wrapping_sub(1))),
                (_, Some(number), _) => places.push(number.wrapping_sub(1)),
                (None, None, None) => return Err(self.no_column(part)),
            }
        }
        match places.iter().find(|place| **place >= self.names.len()) {
            Some(beyond) => Err(self.no_column(&beyond.wrapping_add(1).to_string())),
            None => Ok(places),
        }
    }

    fn no_column(&self, name: &str) -> Error {
        Error::new(Kind::Usage, format!("--map names the column {name:?}, which is not there"))
            .hint(self.listed())
    }

    fn twice(&self, place: usize, roles: [&str; 2]) -> Error {
        let [one, other] = roles;
        let name = self.names.get(place).map_or("", String::as_str);
        let message = format!("--map gives column {} ({name:?}) to {one} and to {other}", place + 1);
        Error::new(Kind::Usage, message).hint(self.listed())
    }
}

fn mapped_role(name: &str) -> Result<Role> {
    let folded = name.trim().to_lowercase();
    let own = || Field::ALL.into_iter().filter(|field| *field != Field::Marked);
    if let Some(field) = own().find(|field| field.name() == folded) {
        return Ok(Role::Field(field));
    }
    match folded.as_str() {
        "question" | "front" => Ok(Role::Field(Field::Prompt)),
        "key" | "back" => Ok(Role::Field(Field::Answer)),
        "wrong" | "distractor" | "distractors" => Ok(Role::Distractor),
        "option" => Ok(Role::OneOption),
        "right" | "correct" => Ok(Role::IsRight),
        "media" | "image" => Ok(Role::Media),
        "ignore" | "none" => Ok(Role::Ignored),
        _ => {
            let names = own().map(Field::name).collect::<Vec<_>>().join(", ");
            Err(Error::new(Kind::Usage, format!("--map knows nothing called {name:?}"))
                .hint(format!("it knows {names}, and wrong, option, right, image, ignore")))
        }
    }
}
