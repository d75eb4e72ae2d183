//! Aerial images, process windows and trade-off signals of a lithography job.
