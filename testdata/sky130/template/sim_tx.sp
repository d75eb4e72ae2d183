* sky130_fd_sc_hd__inv_1, slew 53.1329 ps (20 to 80 %), load 9.52062 fF, {{ point }}
.lib '{{ sky130 }}/sky130_trim.lib.spice' {{ section }}
.include '{{ sky130 }}/decks/inv_1_layout_params.spice'
.temp {{ temp }}
.param vccn={{ vccn }}
vp vpwr 0 {vccn}
vpb vpb 0 {vccn}
va a 0 pwl(0 0 3.955723n 0 4.044277n {vccn} 13.955723n {vccn} 14.044277n 0)
x1 a 0 0 vpb vpwr y sky130_fd_sc_hd__inv_1
cl y 0 9.52062f
.tran 2p 24n
.meas tran cell_fall trig v(a) val='vccn/2' rise=1 targ v(y) val='vccn/2' fall=1
.meas tran cell_rise trig v(a) val='vccn/2' fall=1 targ v(y) val='vccn/2' rise=1
.meas tran fall_transition trig v(y) val='0.8*vccn' fall=1 targ v(y) val='0.2*vccn' fall=1
.meas tran rise_transition trig v(y) val='0.2*vccn' rise=1 targ v(y) val='0.8*vccn' rise=1
.end
