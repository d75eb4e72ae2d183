//! The templates of the page. Names end in `.html`, so that minijinja escapes every value.

use minijinja::{Environment, Value};

const SOURCES: [(&str, &str); 14] = [
    ("page.html", include_str!("templates/page.html")),
    ("verdict.html", include_str!("templates/verdict.html")),
    ("measures.html", include_str!("templates/measures.html")),
    ("panel.html", include_str!("templates/panel.html")),
    ("samples.html", include_str!("templates/samples.html")),
    ("changes.html", include_str!("templates/changes.html")),
    ("points.html", include_str!("templates/points.html")),
    ("cost.html", include_str!("templates/cost.html")),
    ("document.html", include_str!("templates/document.html")),
    ("generic.html", include_str!("templates/generic.html")),
    ("library.html", include_str!("templates/library.html")),
    ("metro.html", include_str!("templates/metro.html")),
    ("spc.html", include_str!("templates/spc.html")),
    ("spc_many.html", include_str!("templates/spc_many.html")),
];

/// All templates, ready to render.
pub struct Templates(Environment<'static>);

impl Templates {
    /// Reads the templates that are part of the binary.
    pub fn new() -> Templates {
        let mut environment = Environment::new();
        for (name, source) in SOURCES {
            // A template that does not parse is found by the test below, before a user meets it.
            let _ = environment.add_template(name, source);
        }
        Templates(environment)
    }

    /// Renders a template.
    ///
    /// # Errors
    /// A name or an expression that is in the template but not in the values.
    pub fn render(&self, name: &str, values: impl Into<Value>) -> Result<String, minijinja::Error> {
        self.0.get_template(name)?.render(values)
    }
}

/// Markup that this crate made, which is not escaped again.
pub fn markup(html: String) -> Value {
    Value::from_safe_string(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_parses() {
        let templates = Templates::new();
        for (name, _) in SOURCES {
            templates.0.get_template(name).expect(name);
        }
    }
}
