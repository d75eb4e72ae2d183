//! Statistical process control: charts, rules, capability, drift, tool health.
