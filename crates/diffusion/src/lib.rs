//! Diffusion, implantation, oxidation and sheet resistance of a silicon wafer.
