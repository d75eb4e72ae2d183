Level shifter from the core to the I/O supply: a plain deck, which the statement rules change
.lib 'models/generic45.lib' TT
.temp 25
.param vccn=1.1 vccn2=1.8
.option reltol=1e-6 abstol=1e-14 vntol=1e-8
* alter_string1
* alter_string2

* Core side: an inverter makes the complement of the input.
vin a 0 pulse(0 {vccn} 1n 50p 50p 4.95n 10n)
Vvccn vcore 0 {vccn}
mp1 ab a vcore vcore pch l=45n w=2u
mn1 ab a 0 0 nch l=45n w=1u

* Output side: thick oxide, cross-coupled; a buffer drives the load.
Vvccn2 vio 0 {vccn2}
vam vio vls 0
mn2 xb a 0 0 nch18 l=150n w=6u
mn3 x ab 0 0 nch18 l=150n w=6u
mp2 xb x vls vls pch18 l=150n w=0.6u
mp3 x xb vls vls pch18 l=150n w=0.6u
mp4 y xb vls vls pch18 l=150n w=4u
mn4 y xb 0 0 nch18 l=150n w=2u
cl y 0 10f

.tran 100p 12n
.meas tran tplh  trig v(a) val='vccn/2' rise=1 targ v(y) val='vccn2/2' rise=1
.meas tran tphl  trig v(a) val='vccn/2' fall=1 targ v(y) val='vccn2/2' fall=1
.meas tran trise trig v(y) val='vccn2*0.2' rise=1 targ v(y) val='vccn2*0.8' rise=1
.meas tran tfall trig v(y) val='vccn2*0.8' fall=1 targ v(y) val='vccn2*0.2' fall=1
.meas tran voh   max v(y) from=1n to=5n
.meas tran qcycle integ i(vam) from=0.5n to=10.5n
.meas tran ecycle param='qcycle*vccn2'
.end
