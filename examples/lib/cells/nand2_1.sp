.subckt nand2_1 A B Y VDD VSS
mn1 Y A n1 VSS nch w=0.415u l=45n ad=0.0436p as=0.029p pd=1.04u ps=0.55u
mn2 n1 B VSS VSS nch w=0.415u l=45n ad=0.029p as=0.0436p pd=0.55u ps=1.04u
mp1 Y A VDD VDD pch w=0.63u l=45n ad=0.044p as=0.066p pd=0.77u ps=1.47u
mp2 Y B VDD VDD pch w=0.63u l=45n ad=0.044p as=0.066p pd=0.77u ps=1.47u
.ends
