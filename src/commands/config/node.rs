//! Process nodes: their configuration, and the node that a library's name belongs to.

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Subcommand;
use libchar_campaign::domain::nodes;
use libchar_core::{Cell, Frame};

#[derive(Subcommand)]
pub enum Action {
    /// List the process nodes
    List,
    /// Show one process node with its libraries and corners
    Show {
        /// Name of the node
        #[arg(value_name = "NODE")]
        node: String,
    },
    /// Split a library's name into its parts, by the pattern of its node; exit 1 if no node matches
    Parse {
        /// Name of the library
        #[arg(value_name = "LIBRARY")]
        library: String,
    },
    /// Check whether a library may be used at a corner; exit 1 if its node does not allow it
    Check {
        /// Name of the library
        #[arg(value_name = "LIBRARY")]
        library: String,
        /// Name of the corner
        #[arg(value_name = "CORNER")]
        corner: String,
    },
}

pub fn run(action: &Action, ctx: &Context) -> Result<Outcome> {
    match action {
        Action::List => list(ctx),
        Action::Show { node } => show(node, ctx),
        Action::Parse { library } => parse(library, ctx),
        Action::Check { library, corner } => check(library, corner, ctx),
    }
}

const ABOUT: [&str; 3] = ["title", "technology_nm", "vendor"];

fn list(ctx: &Context) -> Result<Outcome> {
    let columns = ["node", "title", "technology_nm", "vendor", "libraries", "pvt_corners"];
    let mut frame = Frame::new("libchar.config-nodes", 1, columns);
    for node in nodes::nodes(&ctx.config)? {
        let mut row: Vec<Cell> = vec![node.name.as_str().into()];
        row.extend(ABOUT.map(|key| about(&node.name, key, ctx)));
        row.push(node.libraries.len().into());
        row.push(node.corners.join(" ").into());
        frame.push(row);
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

fn about(node: &str, key: &str, ctx: &Context) -> Cell {
    let path = format!("node.{node}.{key}");
    match key {
        "technology_nm" => ctx.config.number(&path).into(),
        _ => ctx.config.text(&path).into(),
    }
}

fn show(name: &str, ctx: &Context) -> Result<Outcome> {
    let nodes = nodes::nodes(&ctx.config)?;
    let Some(node) = nodes.iter().find(|node| node.name == name) else {
        return Err(Usage(nodes::unknown_node(name, &nodes)).into());
    };
    let mut frame = fields();
    for key in ABOUT {
        if let Some(setting) = ctx.config.get(&format!("node.{name}.{key}")) {
            let value =
                setting.value.as_str().map_or_else(|| setting.value.to_string(), str::to_owned);
            frame.push(vec![key.into(), value.into()]);
        }
    }
    for library in &node.libraries {
        frame.push(vec!["library".into(), library.as_str().into()]);
    }
    for corner in &node.corners {
        frame.push(vec!["pvt_corner".into(), corner.as_str().into()]);
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

fn fields() -> Frame {
    Frame::new("libchar.config-node", 1, ["field", "value"])
}

fn parse(library: &str, ctx: &Context) -> Result<Outcome> {
    let mut frame = fields();
    let parsed = libchar_pvt::nodes::parse(&nodes::nodes(&ctx.config)?, library);
    match &parsed {
        Ok(parsed) => {
            frame.push(vec!["node".into(), parsed.node.as_str().into()]);
            for (name, value) in &parsed.parts {
                frame.push(vec![name.as_str().into(), value.as_str().into()]);
            }
        }
        Err(why) => ctx.log.warning("config", why.clone()),
    }
    ctx.print(&frame)?;
    Ok(Outcome::found(usize::from(parsed.is_err())))
}

fn check(library: &str, corner: &str, ctx: &Context) -> Result<Outcome> {
    let nodes = nodes::nodes(&ctx.config)?;
    let refused = libchar_pvt::nodes::not_allowed(&nodes, library, [corner])
        .map_err(|why| Usage(why.clone()))?;
    let mut frame = Frame::new("libchar.config-node-check", 1, ["library", "corner", "allowed"]);
    frame.push(vec![library.into(), corner.into(), refused.is_empty().into()]);
    ctx.print(&frame)?;
    Ok(Outcome::found(refused.len()))
}
