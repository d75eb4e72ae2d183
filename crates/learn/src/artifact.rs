//! A model as bytes: `LCMODEL1`, the length of the body, the body, and the SHA-256 of everything
//! before.
//!
//! [`decode`] returns exactly the model that was given to [`encode`], or an error. The digest is
//! compared before anything is read, and every length, index and number is checked while reading,
//! so that bytes with a forged digest cannot make a model that panics or predicts NaN.

use sha2::{Digest, Sha256};

use crate::boost::BoostedTrees;
use crate::codec::{Reader, Writer, damaged};
use crate::gp::GaussianProcess;
use crate::linalg::dot;
use crate::net::{Layer, Network};
use crate::outlier::{Cloud, OutlierTest};
use crate::psi::Bins;
use crate::ridge::Ridge;
use crate::scale::Scale;
use crate::surrogate::{HeldOut, Surrogate, Target, TargetModel, Transform};
use crate::tree::{Node, Tree};
use crate::{LearnError, Matrix};

const MAGIC: &[u8; 8] = b"LCMODEL1";
const DIGEST: usize = 32;

/// The bytes of a model.
pub fn encode(model: &Surrogate) -> Vec<u8> {
    let mut w = Writer::default();
    write_model(&mut w, model);
    let mut bytes = MAGIC.to_vec();
    bytes.extend((w.bytes.len() as u64).to_le_bytes());
    bytes.extend(w.bytes);
    let digest = Sha256::digest(&bytes);
    bytes.extend(digest);
    bytes
}

/// The SHA-256 at the end of a model's bytes, in hexadecimal; `None` for bytes that cannot be a
/// model.
pub fn digest(bytes: &[u8]) -> Option<String> {
    let at = bytes.len().checked_sub(DIGEST)?;
    Some(bytes[at..].iter().map(|b| format!("{b:02x}")).collect())
}

/// Reads the model in the bytes.
///
/// # Errors
/// [`LearnError::Damaged`] for bytes that are not a model, were cut short or were changed.
pub fn decode(bytes: &[u8]) -> Result<Surrogate, LearnError> {
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        return damaged("it does not start as a libchar model");
    };
    let mut head = Reader::new(rest);
    let mut length = [0; 8];
    length.copy_from_slice(head.take(8)?);
    let found = (rest.len() - 8).saturating_sub(DIGEST) as u64;
    let length = u64::from_le_bytes(length);
    if rest.len() < 8 + DIGEST || length != found {
        return damaged(format!("its body has {found} bytes where {length} were written"));
    }
    let (signed, digest) = bytes.split_at(bytes.len() - DIGEST);
    if Sha256::digest(signed)[..] != *digest {
        return damaged("its SHA-256 differs from what was written");
    }
    let mut r = Reader::new(&signed[MAGIC.len() + 8..]);
    let model = read_model(&mut r)?;
    r.end()?;
    Ok(model)
}

fn write_model(w: &mut Writer, m: &Surrogate) {
    let texts = |w: &mut Writer, list: &[String]| w.list(list, |w, t| w.text(t));
    texts(w, &m.features);
    texts(w, &m.groups);
    texts(w, &m.classes);
    w.f64(m.alpha);
    for values in [&m.scale.mean, &m.scale.inv_sd, &m.scale.min, &m.scale.max] {
        w.f64s(values);
    }
    w.u32(m.targets.len());
    w.option(m.net.as_ref(), |w, net| net.layers.iter().for_each(|l| write_layer(w, l)));
    m.targets.iter().for_each(|t| write_target(w, t));
    w.list(&m.outlier_columns, |w, c| w.u16(*c));
    w.list(&m.outliers, |w, o| w.option(o.as_ref(), write_outlier));
    w.list(&m.reference, write_bins);
}

fn read_model(r: &mut Reader) -> Result<Surrogate, LearnError> {
    let features = r.list(4, Reader::text)?;
    let groups = r.list(4, Reader::text)?;
    let classes = r.list(4, Reader::text)?;
    let p = features.len();
    if p == 0 || p >= usize::from(u16::MAX) || groups.is_empty() {
        return damaged("it has no features or no groups");
    }
    let alpha = r.finite()?;
    if !(alpha > 0.0 && alpha < 1.0) {
        return damaged("its miss rate is not between 0 and 1");
    }
    let mut vector = || r.finites(p, "scale of the features");
    let scale = Scale { mean: vector()?, inv_sd: vector()?, min: vector()?, max: vector()? };
    let count = r.count(1)?;
    let net = r.option(|r| read_network(r, p, count))?;
    let targets: Vec<TargetModel> =
        (0..count).map(|_| read_target(r, p, groups.len())).collect::<Result<_, _>>()?;
    let outlier_columns = r.list(2, Reader::u16)?;
    if outlier_columns.iter().any(|&c| usize::from(c) >= p) {
        return damaged("its outlier test names an unknown feature");
    }
    let outliers = r.list(2, |r| r.option(|r| read_outlier(r, outlier_columns.len())))?;
    let reference = r.list(8, read_bins)?;
    if outliers.len() != classes.len() || reference.len() != p || targets.is_empty() {
        return damaged("its parts do not fit together");
    }
    Ok(Surrogate {
        features,
        alpha,
        groups,
        classes,
        scale,
        net,
        targets,
        outlier_columns,
        outliers,
        reference,
    })
}

fn write_target(w: &mut Writer, t: &TargetModel) {
    w.text(&t.target.name);
    w.f64(t.target.low);
    w.f64(t.target.high);
    w.u16(u16::from(t.transform == Transform::Log));
    w.f64(t.start.intercept);
    w.f64s(&t.start.slopes);
    w.f64(t.unit);
    t.weights.iter().for_each(|v| w.f64(*v));
    w.option(t.trees.as_ref(), write_trees);
    w.option(t.gp.as_ref(), |w, gp| {
        w.f64s(&gp.inverse_lengths);
        w.f64s(&gp.weights);
        w.f64s(gp.inducing.as_slice());
    });
    write_trees(w, &t.spread);
    w.f64s(&t.bounds);
    w.list(&t.held_out, |w, h| [h.truth, h.predicted, h.spread].iter().for_each(|v| w.f64(*v)));
    w.f64(t.truth_sd);
    write_bins(w, &t.reference);
}

fn read_target(r: &mut Reader, p: usize, groups: usize) -> Result<TargetModel, LearnError> {
    let target = Target { name: r.text()?, low: r.f64()?, high: r.f64()? };
    let transform = match r.u16()? {
        0 => Transform::Identity,
        1 => Transform::Log,
        _ => return damaged("a target has an unknown scale"),
    };
    let start = Ridge { intercept: r.finite()?, slopes: r.finites(p, "slopes")? };
    let unit = r.finite()?;
    let weights = [r.finite()?, r.finite()?, r.finite()?];
    let trees = r.option(|r| read_trees(r, p))?;
    let gp = r.option(|r| read_gp(r, p))?;
    let spread = read_trees(r, p)?;
    let count = r.count(8)?;
    if count != groups {
        return damaged("a target does not have one bound for each group");
    }
    let bounds: Vec<f64> = (0..count).map(|_| r.f64()).collect::<Result<_, _>>()?;
    if bounds.iter().any(|b| *b < 0.0) {
        return damaged("a bound is negative");
    }
    let held_out = r.list(24, |r| {
        Ok(HeldOut { truth: r.finite()?, predicted: r.finite()?, spread: r.finite()? })
    })?;
    if held_out.iter().any(|h| h.spread <= 0.0) {
        return damaged("a spread is not positive");
    }
    let truth_sd = r.finite()?;
    if truth_sd <= 0.0 {
        return damaged("the spread of a target is not positive");
    }
    let reference = read_bins(r)?;
    Ok(TargetModel {
        target,
        transform,
        start,
        unit,
        weights,
        trees,
        gp,
        spread,
        bounds,
        held_out,
        truth_sd,
        reference,
    })
}

fn read_gp(r: &mut Reader, p: usize) -> Result<GaussianProcess, LearnError> {
    let inverse_lengths = r.finites(p, "length scales")?;
    let count = r.count(8)?;
    let weights: Vec<f64> = (0..count).map(|_| r.finite()).collect::<Result<_, _>>()?;
    let inducing = Matrix::from_parts(p, r.finites(count * p, "inducing rows")?);
    let inducing2 = inducing.iter().map(|row| dot(row, row)).collect();
    Ok(GaussianProcess { inverse_lengths, inducing, inducing2, weights })
}

fn write_layer(w: &mut Writer, layer: &Layer) {
    w.f32s(&layer.weights);
    w.f32s(&layer.bias);
}

fn read_network(r: &mut Reader, p: usize, outputs: usize) -> Result<Network, LearnError> {
    let mut inputs = p;
    let mut layer = || -> Result<Layer, LearnError> {
        let (weights, bias) = (r.f32s()?, r.f32s()?);
        if bias.is_empty() || weights.len() != inputs * bias.len() {
            return damaged("a layer of the network has the wrong size");
        }
        let layer = Layer { inputs, weights, bias };
        inputs = layer.bias.len();
        Ok(layer)
    };
    let layers = [layer()?, layer()?, layer()?];
    if inputs != outputs {
        return damaged("the network does not have one output for each target");
    }
    Ok(Network { layers })
}

fn write_trees(w: &mut Writer, model: &BoostedTrees) {
    w.f64(model.base);
    w.list(&model.trees, |w, tree| {
        w.list(tree.nodes(), |w, node| {
            w.u16(node.feature.unwrap_or(u16::MAX));
            w.u16(node.left);
            w.f32(node.cover);
            w.f64(node.value);
        });
    });
}

fn read_trees(r: &mut Reader, p: usize) -> Result<BoostedTrees, LearnError> {
    let base = r.finite()?;
    let trees = r.list(4, |r| {
        let nodes = r.list(16, |r| {
            let feature = r.u16()?;
            let (left, cover, value) = (r.u16()?, r.f32()?, r.finite()?);
            Ok(Node { feature: (feature != u16::MAX).then_some(feature), value, left, cover })
        })?;
        Tree::new(nodes, p)
    })?;
    Ok(BoostedTrees::from_parts(base, trees))
}

fn write_outlier(w: &mut Writer, test: &OutlierTest) {
    w.f64s(&test.cloud.mean);
    w.list(&test.cloud.varying, |w, c| w.u16(*c));
    w.f64s(&test.cloud.factor);
    w.f64(test.limit);
    w.f64(test.alpha);
}

fn read_outlier(r: &mut Reader, columns: usize) -> Result<OutlierTest, LearnError> {
    let mean = r.finites(columns, "centre of a class")?;
    let varying = r.list(2, Reader::u16)?;
    let increasing = varying.windows(2).all(|w| w[0] < w[1]);
    if !increasing || varying.last().is_some_and(|&c| usize::from(c) >= columns) {
        return damaged("a class names an unknown column");
    }
    let k = varying.len();
    let factor = r.finites(k * (k + 1) / 2, "covariance of a class")?;
    let (limit, alpha) = (r.f64()?, r.finite()?);
    Ok(OutlierTest { cloud: Cloud { mean, factor, varying }, limit, alpha })
}

fn write_bins(w: &mut Writer, bins: &Bins) {
    w.f64s(&bins.edges);
    w.list(&bins.counts, |w, n| w.u32(*n as usize));
}

fn read_bins(r: &mut Reader) -> Result<Bins, LearnError> {
    let n = r.count(8)?;
    let edges: Vec<f64> = (0..n).map(|_| r.finite()).collect::<Result<_, _>>()?;
    let counts = r.list(4, |r| {
        let bytes = r.take(4)?;
        Ok(u64::from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])))
    })?;
    if counts.len() != n + 1 || !edges.windows(2).all(|w| w[0] < w[1]) {
        return damaged("reference bins do not fit their edges");
    }
    Ok(Bins { edges, counts })
}
