//! Roughness of a height map, and of one line in it.

use crate::answer::{Answer, Plot, Refusal, misuse, refuse};
use crate::fft;
use crate::job::{Job, Matrix};
use crate::method::{Input, Kind, Method, Need, Per, number, output, word};
use nalgebra::{Matrix3, Vector3};

/// Roughness of an area.
pub static METHOD: Method = Method {
    name: "areal-roughness",
    family: "dimensional",
    about: "height, hybrid and shape parameters of a height map",
    per: Per::Matrix,
    inputs: &[
        number("pixel", "length", "nm", "distance of neighbouring points in both directions")
            .within(1e-3, 1e7, ""),
        number("height_unit", "length", "nm", "height of 1 in the file").or(1.0),
        word("form_removal", &["least-squares plane", "none"], "form that is removed first"),
        Input {
            kind: Kind::Text,
            need: Need::Optional,
            ..number("layout", "", "", "a remark on the file")
        },
    ],
    outputs: &[
        output("sa_nm", "nm", "arithmetic mean height"),
        output("sq_nm", "nm", "root mean square height"),
        output("sp_nm", "nm", "highest peak"),
        output("sv_nm", "nm", "deepest pit"),
        output("sz_nm", "nm", "highest peak to deepest pit"),
        output("ssk", "", "skewness"),
        output("sku", "", "kurtosis, 3 for a normal distribution"),
        output("sdr_pct", "%", "developed over projected area, less one"),
        output("sdq", "", "root mean square gradient"),
        output("psd_integral_nm2", "nm2", "integral of the power spectral density: Sq^2"),
    ],
    formula: "Sq^2 = mean z^2; Ssk = mean z^3/Sq^3; Sku = mean z^4/Sq^4; Sdr from the mean of both triangulations of every cell; Sdq from forward differences",
    standard: "ISO 25178-2; no S or L filter is applied",
    traps: &[
        "Sdr with a pixel of 1 instead of its size",
        "a power spectral density without px^2/(N M): its integral must be Sq^2",
        "ISO 25178 asks for filters before Sq, and some programs apply none: state which were applied",
    ],
    example: "libchar metro areal-roughness map.csv -s pixel_nm=10",
    compute,
    summary: None,
};

/// Roughness along a line of an area.
pub static LINE: Method = Method {
    name: "map-line",
    family: "dimensional",
    about: "a line through a height map",
    per: Per::Matrix,
    inputs: &[
        number("pixel", "length", "nm", "distance of neighbouring points in both directions")
            .within(1e-3, 1e7, ""),
        number("height_unit", "length", "nm", "height of 1 in the file").or(1.0),
        Input {
            kind: Kind::Table,
            ..number(
                "from_px",
                "",
                "",
                "start: { x = column, y = row }, pixel centres at whole numbers from 0",
            )
        },
        Input { kind: Kind::Table, ..number("to_px", "", "", "end") },
        number("points", "", "", "points of the line").or(100.0).within(2.0, 1e6, ""),
        word(
            "interpolation",
            &["bilinear", "bilinear, pixel centres at whole numbers"],
            "how heights between pixels are found",
        ),
    ],
    outputs: &[
        output("length_nm", "nm", "length of the line"),
        output("z_first_nm", "nm", "height at the start"),
        output("z_last_nm", "nm", "height at the end"),
        output("z_mean_nm", "nm", "mean height"),
        output("pq_nm_raw", "nm", "root mean square about the mean, no filter"),
    ],
    formula: "heights by bilinear interpolation at equal distances, both ends included",
    standard: "ISO 21920-2 (primary profile)",
    traps: &["rows and columns exchanged", "pixel edges taken for centres: half a pixel"],
    example: "libchar metro map-line map.csv --setup line.toml",
    compute: line,
    summary: None,
};

/// The heights minus their least-squares plane.
fn level(map: &Matrix) -> Option<Matrix> {
    let (mut normal, mut side) = (Matrix3::zeros(), Vector3::zeros());
    let centre = (0.5 * (map.width - 1) as f64, 0.5 * (map.height() - 1) as f64);
    let at = |i: usize| {
        Vector3::new((i % map.width) as f64 - centre.0, (i / map.width) as f64 - centre.1, 1.0)
    };
    for (i, z) in map.values.iter().enumerate() {
        normal += at(i) * at(i).transpose();
        side += at(i) * *z;
    }
    let plane = normal.try_inverse()? * side;
    let values = map.values.iter().enumerate().map(|(i, z)| z - plane.dot(&at(i))).collect();
    Some(Matrix { width: map.width, values })
}

fn scaled(job: &Job) -> Result<Matrix, Refusal> {
    let unit = job.get("height_unit")?;
    let map = Matrix {
        width: job.matrix.width,
        values: job.matrix.values.iter().map(|z| z * unit).collect(),
    };
    if map.width < 3 || map.height() < 3 {
        return refuse(format!(
            "the map has {} rows of {} heights, at least 3 of 3 are needed",
            map.height(),
            map.width
        ));
    }
    Ok(map)
}

/// Developed area over projected area minus one, and the mean square gradient.
fn hybrid(map: &Matrix, pixel: f64) -> (f64, f64) {
    let (mut area, mut cells) = (0.0, 0.0);
    let triangle = |a: f64, b: f64| 0.5 * pixel * (pixel * pixel + a * a + b * b).sqrt();
    for r in 0..map.height() - 1 {
        for c in 0..map.width - 1 {
            let (p, q, s, t) =
                (map.at(r, c), map.at(r, c + 1), map.at(r + 1, c), map.at(r + 1, c + 1));
            let one = triangle(q - p, t - q) + triangle(t - s, s - p);
            let other = triangle(q - p, s - p) + triangle(t - s, t - q);
            area += 0.5 * (one + other);
            cells += 1.0;
        }
    }
    let (mut gx, mut nx, mut gy, mut ny) = (0.0, 0.0, 0.0, 0.0);
    for r in 0..map.height() {
        for c in 0..map.width {
            if c + 1 < map.width {
                (gx, nx) = (gx + ((map.at(r, c + 1) - map.at(r, c)) / pixel).powi(2), nx + 1.0);
            }
            if r + 1 < map.height() {
                (gy, ny) = (gy + ((map.at(r + 1, c) - map.at(r, c)) / pixel).powi(2), ny + 1.0);
            }
        }
    }
    (area / (cells * pixel * pixel) - 1.0, gx / nx + gy / ny)
}

/// The integral of the two-dimensional power spectral density, without the value at zero frequency.
fn psd_integral(map: &Matrix) -> f64 {
    let (w, h) = (map.width, map.height());
    let rows: Vec<Vec<fft::Complex>> = (0..h)
        .map(|r| fft::transform(&map.row(r).iter().map(|z| (*z, 0.0)).collect::<Vec<_>>()))
        .collect();
    let column = |c: usize| fft::transform(&rows.iter().map(|row| row[c]).collect::<Vec<_>>());
    let power: f64 =
        (0..w).map(|c| column(c).iter().map(|(re, im)| re * re + im * im).sum::<f64>()).sum();
    power / (w * h) as f64 / (w * h) as f64
}

fn compute(job: &Job) -> Result<Answer, Refusal> {
    let (map, pixel) = (scaled(job)?, job.get("pixel")?);
    let levelled = job.word("form_removal") != Some("none");
    let Some(map) = (if levelled { level(&map) } else { Some(map) }) else {
        return refuse("the map has no plane");
    };
    let n = map.values.len() as f64;
    let mean = map.values.iter().sum::<f64>() / n;
    let map = Matrix { values: map.values.iter().map(|z| z - mean).collect(), ..map };
    let moment = |p: i32| map.values.iter().map(|z| z.powi(p)).sum::<f64>() / n;
    let sq = moment(2).sqrt();
    if sq == 0.0 {
        return refuse("all heights lie in one plane: there is no roughness");
    }
    let (sp, sv) = map.values.iter().fold((0.0f64, 0.0f64), |(p, v), z| (p.max(*z), v.max(-z)));
    let (sdr, sdq2) = hybrid(&map, pixel);
    let form = if levelled { "least-squares plane removed" } else { "mean removed" };
    let mut answer = Answer { model: format!("{form}, no filter"), ..Answer::default() };
    answer
        .number("sa_nm", map.values.iter().map(|z| z.abs()).sum::<f64>() / n)
        .number("sq_nm", sq)
        .number("sp_nm", sp)
        .number("sv_nm", sv)
        .number("sz_nm", sp + sv)
        .number("ssk", moment(3) / sq.powi(3))
        .number("sku", moment(4) / sq.powi(4))
        .number("sdr_pct", 100.0 * sdr)
        .number("sdq", sdq2.sqrt())
        .number("psd_integral_nm2", psd_integral(&map));
    Ok(answer)
}

fn line(job: &Job) -> Result<Answer, Refusal> {
    let (map, pixel) = (scaled(job)?, job.get("pixel")?);
    let point = |name: &'static str| {
        let get = |key: &str| job.tables[name].get(key).and_then(crate::setup::as_number);
        match (get("x"), get("y")) {
            (Some(x), Some(y)) if job.tables[name].len() == 2 => Ok((x, y)),
            _ => misuse(format!("`{name}` must be {{ x = column, y = row }}")),
        }
    };
    let ((x0, y0), (x1, y1)) = (point("from_px")?, point("to_px")?);
    let (right, bottom) = ((map.width - 1) as f64, (map.height() - 1) as f64);
    if [(x0, y0), (x1, y1)]
        .iter()
        .any(|(x, y)| !(0.0..=right).contains(x) || !(0.0..=bottom).contains(y))
    {
        return misuse(format!(
            "the line leaves the map, whose columns are 0 to {right} and rows 0 to {bottom}"
        ));
    }
    let count = job.get("points")? as usize;
    let height = |t: f64| {
        let (x, y) = (x0 + t * (x1 - x0), y0 + t * (y1 - y0));
        let (c, r) =
            ((x.floor() as usize).min(map.width - 2), (y.floor() as usize).min(map.height() - 2));
        let (fx, fy) = (x - c as f64, y - r as f64);
        let along = |r: usize| map.at(r, c) * (1.0 - fx) + map.at(r, c + 1) * fx;
        along(r) * (1.0 - fy) + along(r + 1) * fy
    };
    let length = pixel * (x1 - x0).hypot(y1 - y0);
    let share = |i: usize| i as f64 / (count - 1) as f64;
    let z: Vec<f64> = (0..count).map(|i| height(share(i))).collect();
    let mean = z.iter().sum::<f64>() / count as f64;
    let mut answer = Answer { model: "bilinear interpolation".to_owned(), ..Answer::default() };
    answer
        .number("length_nm", length)
        .number("z_first_nm", z[0])
        .number("z_last_nm", z[count - 1])
        .number("z_mean_nm", mean)
        .number(
            "pq_nm_raw",
            (z.iter().map(|z| (z - mean).powi(2)).sum::<f64>() / count as f64).sqrt(),
        );
    let x: Vec<f64> = (0..count).map(|i| length * share(i)).collect();
    let data = x.iter().copied().zip(z.iter().copied()).collect();
    answer.plots.push(Plot {
        x: "distance (nm)".to_owned(),
        y: "z (nm)".to_owned(),
        data,
        fit: Vec::new(),
    });
    answer.curve("x_nm", x).curve("z_nm", z);
    Ok(answer)
}
