#!/usr/bin/perl
# Stand-in for a site's testbench generator.
1;
