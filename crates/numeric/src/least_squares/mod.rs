//! Least squares: linear models by QR, others by Levenberg and Marquardt.

mod fit;
mod qr;

pub use fit::{Bound, Convergence, Fit, FitError, Options, Parameter, Scale, fit};
pub use qr::{Linear, LinearError, linear};
