* A rising-edge flip-flop of two transmission-gate latches.
.subckt not A Y VDD VSS
mn Y A VSS VSS nch w=0.25u l=45n
mp Y A VDD VDD pch w=0.38u l=45n
.ends
.subckt dff_1 CK D Q VDD VSS
xc1 CK cn VDD VSS not
xc2 cn cp VDD VSS not
xd D dn VDD VSS not
mt1 dn cn m VSS nch w=0.2u l=45n
mt2 dn cp m VDD pch w=0.3u l=45n
xm m mn VDD VSS not
mk1 k1 mn VSS VSS nch w=0.12u l=45n
mk2 m cp k1 VSS nch w=0.12u l=45n
mk3 k2 mn VDD VDD pch w=0.12u l=45n
mk4 m cn k2 VDD pch w=0.12u l=45n
mt3 mn cp s VSS nch w=0.2u l=45n
mt4 mn cn s VDD pch w=0.3u l=45n
xs s sn VDD VSS not
ms1 k3 sn VSS VSS nch w=0.12u l=45n
ms2 s cn k3 VSS nch w=0.12u l=45n
ms3 k4 sn VDD VDD pch w=0.12u l=45n
ms4 s cp k4 VDD pch w=0.12u l=45n
mqn Q sn VSS VSS nch w=0.415u l=45n
mqp Q sn VDD VDD pch w=0.63u l=45n
.ends
