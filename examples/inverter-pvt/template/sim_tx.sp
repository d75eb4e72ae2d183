* Inverter with a load of four, {{ point }}
.lib 'models/generic45.lib' {{ section }}
.temp {{ temp }}
.param vccn={{ vccn }}
.option reltol=1e-6 abstol=1e-14 vntol=1e-8

.subckt inv a y vdd vss wn=0.4u wp=0.6u
mn y a vss vss nch l=45n w={wn} ad={wn*0.11u} as={wn*0.11u} pd={2*wn+0.22u} ps={2*wn+0.22u}
mp y a vdd vdd pch l=45n w={wp} ad={wp*0.11u} as={wp*0.11u} pd={2*wp+0.22u} ps={2*wp+0.22u}
.ends

* Two inverters give the edge its shape; the third is measured; the fourth loads it, four times as wide.
vin in 0 pulse(0 {vccn} 0.2n 20p 20p 0.98n 2n)
vsup vdd 0 {vccn}
* The current of the measured inverter flows through vam.
vam vdd vdut 0
x1 in  n1 vdd  0 inv
x2 n1  a  vdd  0 inv wn=0.8u wp=1.2u
x3 a   y  vdut 0 inv
x4 y   z  vdd  0 inv wn=1.6u wp=2.4u
x5 z   zz vdd  0 inv wn=6.4u wp=9.6u

.tran 100p 2.2n
.meas tran tphl  trig v(a) val='vccn/2' rise=1 targ v(y) val='vccn/2' fall=1
.meas tran tplh  trig v(a) val='vccn/2' fall=1 targ v(y) val='vccn/2' rise=1
.meas tran tfall trig v(y) val='vccn*0.8' fall=1 targ v(y) val='vccn*0.2' fall=1
.meas tran trise trig v(y) val='vccn*0.2' rise=1 targ v(y) val='vccn*0.8' rise=1
.meas tran tpd   param='(tphl+tplh)/2'
.meas tran qcycle integ i(vam) from=0.1n to=2.1n
.meas tran ecycle param='qcycle*vccn'
.meas tran ileak avg i(vam) from=0.02n to=0.18n
{{ alter_string1 }}
{{ alter_string2 }}
.end
