* Switching threshold of an inverter, and the delay of a resistor and a capacitor: {{ point }}
.option reltol=1e-6 abstol=1e-14 vntol=1e-9
.temp {{ temp }}
.param vccn={{ vccn }} dvtn={{ mc.dvt.mn1 }} dvtp={{ mc.dvt.mp1 }} rsh={{ mc.rsh }}
.model nch nmos level=1 vto=0.45 kp=200u
.model pch pmos level=1 vto=-0.45 kp=200u
vdd vdd 0 {vccn}
* Input tied to the output: the voltage is the threshold. A shift of a device's threshold is a source in its gate.
mn1 th gn 0 0 nch w=1u l=1u
mp1 th gp vdd vdd pch w=1u l=1u
vn gn th {-dvtn}
vp gp th {dvtp}
vin in 0 pulse(0 1 1n 1p 1p 1 2)
r1 in out {rsh}
c1 out 0 1p
.tran 10p 6n 0 10p
.meas tran vth find v(th) at=5n
.meas tran t50 trig v(in) val=0.5 rise=1 targ v(out) val=0.5 rise=1
.end
