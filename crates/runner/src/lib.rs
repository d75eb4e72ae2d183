//! Starts and watches simulator processes, on this machine or on a cluster.
