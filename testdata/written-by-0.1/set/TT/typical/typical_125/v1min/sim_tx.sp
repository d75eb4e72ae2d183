* RC, TT/typical/typical_125/v1min
.lib 'models/rc.inc' TT
.temp 125
.param vccn=0.99
v1 a 0 pulse(0 {vccn} 0 1p 1p 1 2)
r1 a b {rload} tc1=1m
c1 b 0 0.1p
.tran 10p 2n
.meas tran vmax max v(b)
.meas tran td when v(b)='vccn/2'
.meas tran td2 param='2*td'
.end
