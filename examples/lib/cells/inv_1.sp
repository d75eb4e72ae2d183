.subckt inv_1 A Y VDD VSS
mn Y A VSS VSS nch w=0.415u l=45n ad=0.0436p as=0.0436p pd=1.04u ps=1.04u
mp Y A VDD VDD pch w=0.63u l=45n ad=0.066p as=0.066p pd=1.47u ps=1.47u
.ends
