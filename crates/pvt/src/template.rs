//! The SPICE template: with placeholders, or a plain deck that the statement rules change.

use crate::matrix::{Cell, Matrix};
use crate::placeholders::Placeholders;
use crate::points::GROUPS;
use crate::rules::{Rule, Rules};
use crate::setting::{Setting, Uses};
use crate::written;
use libchar_core::{Fault, Faults};

/// A checked template.
#[derive(Debug)]
pub struct Template {
    body: Body,
    uses: Uses,
    may_write: bool,
}

#[derive(Debug)]
enum Body {
    Placeholders(Box<Placeholders>),
    Rules(Rules),
}

impl Template {
    /// Reads a template: one that holds `{{` or `{%` has placeholders, any other is changed by the statement rules.
    ///
    /// # Errors
    /// Every unknown name and syntax error with its place; a template that uses no supply; a swept supply group
    /// that the template does not use.
    pub fn parse(file: &str, bytes: &[u8], setting: Setting) -> Result<Template, Faults> {
        let has_placeholders = bytes.windows(2).any(|pair| pair == b"{{" || pair == b"{%");
        let (body, uses) = if has_placeholders {
            let (placeholders, uses) = Placeholders::parse(file, bytes, setting)?;
            (Body::Placeholders(Box::new(placeholders)), uses)
        } else {
            let (rules, uses) = Rules::parse(bytes, setting);
            (Body::Rules(rules), uses)
        };
        let template = Template { body, uses, may_write: written::may_write(bytes) };
        Faults::or((), template.supply_faults(file, setting))?;
        template.try_every_value(setting.matrix)?;
        Ok(template)
    }

    /// The deck of a point.
    ///
    /// # Errors
    /// An expression that fails for this point, with its line in the template.
    pub fn render(&self, cell: &Cell) -> Result<Vec<u8>, Fault> {
        match &self.body {
            Body::Placeholders(placeholders) => placeholders.render(cell),
            Body::Rules(rules) => Ok(rules.render(cell)),
        }
    }

    /// Whether its decks may hold a control section that writes a file, at some points at least.
    pub fn may_write(&self) -> bool {
        self.may_write
    }

    /// Whether it uses any quantity of the variation table.
    pub fn varies(&self) -> bool {
        self.uses.varied
    }

    /// The statement rules that apply, with their lines; none for a template with placeholders.
    pub fn rules(&self) -> &[(Rule, usize)] {
        match &self.body {
            Body::Placeholders(_) => &[],
            Body::Rules(rules) => rules.applied(),
        }
    }

    fn supply_faults(&self, file: &str, setting: Setting) -> Vec<Fault> {
        let names = |group: usize| setting.supply_names.shown(group).join(" or ");
        let [first, _] = setting.supply_names.shown(0);
        let how = match &self.body {
            Body::Placeholders(_) => format!("as in {{{{ {first} }}}}"),
            Body::Rules(_) => format!("as in `.param {first}=1.1` or `V{first} vdd 0 1.1`"),
        };
        if self.uses.groups == [false; GROUPS] {
            let fault = Fault::of(file, "the template uses no supply");
            return vec![fault.expected(format!("{}, {how}", names(0)))];
        }
        let unused = (0..setting.matrix.groups()).filter(|group| !self.uses.groups[*group]);
        unused
            .map(|group| {
                let found = format!("group v{} is swept, but {file} does not use it", group + 1);
                let line = setting.matrix.group_line(group);
                let key = ["1st", "2nd", "3rd"][group];
                Fault::at(&setting.tables.supplies.file, line, 1, found).expected(format!(
                    "{} in the template, or {key}_supply_swp=none in {}",
                    names(group),
                    setting.config.file
                ))
            })
            .collect()
    }

    /// Renders the points that together have every value of every axis, so that what fails for one
    /// of them fails before any deck is written.
    fn try_every_value(&self, matrix: &Matrix) -> Result<(), Fault> {
        matrix.axes().try_for_each(|cell| self.render(&cell).map(drop))
    }
}

#[cfg(test)]
mod tests {
    use super::{Setting, Template};
    use crate::conditions::{self, Conditions};
    use crate::config::RunConfig;
    use crate::corners::Corners;
    use crate::matrix::{Matrix, Tables};
    use crate::supplies::Supplies;
    use crate::supply_names::SupplyNames;
    use crate::sweeps::Sweeps;
    use crate::temperatures::Temperatures;
    use crate::variation::Variation;
    use std::collections::BTreeMap;

    const VARIATION: &str = "parameter,distribution,nominal,sigma,instances\nrsh,normal,100,5%,\ndvth,normal,,5m,mn1 mp1\n";

    const ONE: &str = "v1min,1,1.05\n";

    /// The deck of the first point, -40 degrees at corner SS, whose section is `ss`.
    fn deck_with(template: &[u8], config: &str, supplies: &str) -> Result<Vec<u8>, String> {
        let corners = "corner,extraction,nmos,pmos,section\nSS,cworst_CCworst_T,-1,-1,ss\n\
                       TT,typical,0,0,tt\n";
        let tables = Tables {
            corners: Corners::parse("c", corners.as_bytes()).unwrap(),
            supplies: Supplies::parse("supplies.csv", supplies.as_bytes()).unwrap(),
            temperatures: Temperatures::default(),
            conditions: Conditions::parse("p", conditions::DEFAULT.as_bytes()).unwrap(),
            variation: Variation::parse("variation.csv", VARIATION.as_bytes()).unwrap(),
            sweeps: Sweeps::parse("sweeps.csv", b"cload,,5f\ncload,,20f\nslew,,10p\n").unwrap(),
        };
        let config = RunConfig::parse("config.cfg", config.as_bytes(), &["ngspice"]).unwrap();
        let matrix = Matrix::new(&config, &tables).unwrap();
        let variables = BTreeMap::from([("models".to_owned(), "/opt/é models".to_owned())]);
        let supply_names = SupplyNames::default();
        let setting = Setting {
            config: &config,
            tables: &tables,
            matrix: &matrix,
            variables: &variables,
            supply_names: &supply_names,
        };
        let template = Template::parse("template/sim_tx.sp", template, setting)
            .map_err(|faults| faults.to_string())?;
        Ok(template.render(&matrix.cell(0).unwrap()).unwrap())
    }

    fn deck(template: &str) -> Result<String, String> {
        deck_with(template.as_bytes(), "vcc_vid=yes\nalter_string2=.option gmin=1e-13\n", ONE)
            .map(|deck| String::from_utf8(deck).unwrap())
    }

    #[test]
    fn placeholders_take_the_values_of_the_point() {
        let template = "* {{ point }} {{ corner }} {{ nmos }}\r\n.lib '{{ models }}/m.lib' {{ section }}\r\n\
            .temp {{ temp }}\r\n.param vccn={{ vccn }} vcctx={{ vcctx_v }} half={{ vccn / 2 }}\r\n\
            {% if vcc_vid == 'yes' %}.param vid=1{% endif %}\r\n{{ alter_string1 }}{{ alter_string2 }}\r\n";
        insta::assert_snapshot!(deck(template).unwrap().replace('\r', "~"), @"
        * SS/typical/typical_m40/v1min SS -1~
        .lib '/opt/é models/m.lib' ss~
        .temp -40~
        .param vccn=1.0 vcctx=1.05 half=0.5~
        .param vid=1~
        .option gmin=1e-13~
        ");
    }

    #[test]
    fn bytes_of_any_encoding_stay() {
        let template = b"* 25 \xb0C \xe9t\xe9\n.param v={{ vccn }} * {{ models }}\r\n";
        let expected = b"* 25 \xb0C \xe9t\xe9\n.param v=1.0 * /opt/\xc3\xa9 models\r\n";
        assert_eq!(deck_with(template, "", ONE).unwrap(), expected);
        let plain = b"* 25 \xb0C\n.param \xb5=1 vccn=2\r\n* \xe9 .temp 3\n.end";
        let expected = b"* 25 \xb0C\n.param \xb5=1 vccn=1.0\r\n* \xe9 .temp 3\n.end";
        assert_eq!(deck_with(plain, "", ONE).unwrap(), expected);
    }

    #[test]
    fn unknown_names_and_broken_blocks_have_their_line() {
        insta::assert_snapshot!(deck("* t {{ vccm }}\n.temp {{ tmp|int }} {{ point.tmp }}\n{{ vccn + vccm }}\n").unwrap_err(), @"
        template/sim_tx.sp:1:8: unknown name `vccm`
          expected one of: point, folder, corner, section, nmos, pmos, rs, ls, extraction, temp, temp_c, temp_label, supply, mode, condition, cpu, mem_gb, sim_mode, simulator, vcc_vid, alter_extraction, alter_string1, alter_string2, vccn_nominal_v, vcctx_nominal_v, gs_corner, gf_corner, sweep, sweep_label, mc, vccn_v, vccn, vcctx_v, vcctx, vccn2_v, vccn2, vcctx2_v, vcctx2, vccn3_v, vccn3, vcctx3_v, vcctx3, models
          did you mean `vccn`?
        template/sim_tx.sp:2:10: unknown name `tmp`
          expected one of: point, folder, corner, section, nmos, pmos, rs, ls, extraction, temp, temp_c, temp_label, supply, mode, condition, cpu, mem_gb, sim_mode, simulator, vcc_vid, alter_extraction, alter_string1, alter_string2, vccn_nominal_v, vcctx_nominal_v, gs_corner, gf_corner, sweep, sweep_label, mc, vccn_v, vccn, vcctx_v, vcctx, vccn2_v, vccn2, vcctx2_v, vcctx2, vccn3_v, vccn3, vcctx3_v, vcctx3, models
          did you mean `temp`?
        template/sim_tx.sp:3:11: unknown name `vccm`
          expected one of: point, folder, corner, section, nmos, pmos, rs, ls, extraction, temp, temp_c, temp_label, supply, mode, condition, cpu, mem_gb, sim_mode, simulator, vcc_vid, alter_extraction, alter_string1, alter_string2, vccn_nominal_v, vcctx_nominal_v, gs_corner, gf_corner, sweep, sweep_label, mc, vccn_v, vccn, vcctx_v, vcctx, vccn2_v, vccn2, vcctx2_v, vcctx2, vccn3_v, vccn3, vcctx3_v, vcctx3, models
          did you mean `vccn`?
        ");
        insta::assert_snapshot!(deck("* t\n{{ vccn \n.end\n").unwrap_err(), @"template/sim_tx.sp:3:2: syntax error: unexpected end of input, expected end of variable block");
        insta::assert_snapshot!(deck("* t\n{% if vccn %}\n.end\n").unwrap_err(), @"template/sim_tx.sp:2:14: syntax error: unexpected end of input, expected end of block");
        insta::assert_snapshot!(deck("* t\n{{ vccn|volts }}\n").unwrap_err(), @"template/sim_tx.sp:2:9: unknown filter: filter volts is unknown");
        insta::assert_snapshot!(deck("* t\n{{ vccn }} {{ vccn2 }}\n").unwrap_err(), @"template/sim_tx.sp:2:15: `vccn2`, but group v2 is not swept");
        insta::assert_snapshot!(deck("* t\n{{ vccn }}{% if temp == 125 %}{{ point / 2 }}{% endif %}\n").unwrap_err(), @"template/sim_tx.sp:2:34: invalid operation: tried to use / operator on unsupported types string and number");
        insta::assert_snapshot!(deck("* {{ vccn }}\n{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}").unwrap_err(), @"template/sim_tx.sp:2:40: rendering one deck takes more than 5000000 steps");
        insta::assert_snapshot!(deck("* {{ vccn }} {% include 'x' %}").unwrap_err(), @"template/sim_tx.sp:1:17: syntax error: unknown statement include");
        let optional = "{% if vccn2 is defined %}{{ vccn2 }}{% endif %}{{ vccn }}";
        assert_eq!(deck(optional).unwrap(), "1.0");
    }

    #[test]
    fn supplies_must_be_used() {
        insta::assert_snapshot!(deck("* {{ corner }}\n").unwrap_err(), @"
        template/sim_tx.sp: the template uses no supply
          expected vccn or vcctx, as in {{ vccn }}
        ");
        insta::assert_snapshot!(deck("* t\n.temp 25\n.end\n").unwrap_err(), @"
        template/sim_tx.sp: the template uses no supply
          expected vccn or vcctx, as in `.param vccn=1.1` or `Vvccn vdd 0 1.1`
        ");
        let two = "v1a,1\n# note\nv2a,1.8\n";
        insta::assert_snapshot!(deck_with(b"* {{ vcctx }}\n", "", two).unwrap_err(), @"
        supplies.csv:3:1: group v2 is swept, but template/sim_tx.sp does not use it
          expected vccn2 or vcctx2 in the template, or 2nd_supply_swp=none in config.cfg
        ");
        assert!(deck_with(b"* {{ vcctx }}\n", "2nd_supply_swp=none", two).is_ok());
        assert_eq!(deck_with(b"{{ vcctx }} {{ vccn2 }}", "", two).unwrap(), b"1.0 1.8");
    }

    #[test]
    fn statement_rules_change_a_plain_deck() {
        let template = "\
.temp 25 is the title
.LIB \"models.lib\" tt
.lib 'esd.lib' esd
.lib 'models.lib' TT
.del lib 'models.lib' tt
.temp 25 125
.options reltol=1e-4 TEMP = 25 gmin=1e-12
.param cl=5f vccn = '0.9*1.1' vccn2=3
* note
+ vcctx=agauss(1, 0.1, 3)   vcc_vid=0 ; vccn=3
.include 'net/typical/inv_typical.spf'
.inc atypical.spf
Vvccn vdd 0 1.1
vcctx vtx 0 dc 1.8V
vccn vdx 0 'vccn'
vss gnd 0 0
  * ALTER_string2
* alter_string1
.control
meas tran t1 trig v(a) val=0.5 > t1.txt
wrdata \"out.dat\" v(out)
write sub/out.raw
echo $x > $file
.endc
.end
";
        insta::assert_snapshot!(deck(template).unwrap(), @r#"
        .temp 25 is the title
        .LIB "models.lib" ss
        .lib 'esd.lib' esd
        .lib 'models.lib' ss
        .del lib 'models.lib' ss
        .temp -40
        .options reltol=1e-4 TEMP = -40 gmin=1e-12
        .param cl=5f vccn = 1.0 vccn2=3
        * note
        + vcctx=1.05   vcc_vid=1 ; vccn=3
        .include 'net/typical/inv_typical.spf'
        .inc atypical.spf
        Vvccn vdd 0 1.0
        vcctx vtx 0 dc 1.05
        vccn vdx 0 'vccn'
        vss gnd 0 0
        .option gmin=1e-13
        * alter_string1
        .control
        meas tran t1 trig v(a) val=0.5 > SS/typical/typical_m40/v1min/t1.txt
        wrdata "SS/typical/typical_m40/v1min/out.dat" v(out)
        write sub/out.raw
        echo $x > $file
        .endc
        .end
        "#);
    }

    #[test]
    fn an_extraction_is_a_word_of_an_included_path() {
        let config = "alter_extraction=cworst_CCworst_T\n";
        let template = b"t\n.param vccn=1\n.inc typical/a_typical.spf\n.include 'atypical cworst_CCworst_T2'\n\
            .inc typical2/typical.spf\n";
        let expected = "t\n.param vccn=1.0\n.inc cworst_CCworst_T/a_cworst_CCworst_T.spf\n\
                        .include 'atypical cworst_CCworst_T2'\n\
                        .inc typical2/cworst_CCworst_T.spf\n";
        let deck = deck_with(template, config, ONE).unwrap();
        assert_eq!(String::from_utf8(deck).unwrap(), expected);
    }

    #[test]
    fn swept_values_reach_the_deck() {
        let config = "sweep=cload\n";
        let template =
            b"{{ vccn }} {{ sweep.cload }} {{ sweep_label.cload }} {{ sweep.cload * 2 }}\n\
            {% if sweep.slew is defined %}x{% endif %}";
        let deck = deck_with(template, config, ONE).unwrap();
        assert_eq!(String::from_utf8(deck).unwrap(), "1.0 0.000000000000005 5f 0.00000000000001\n");
        let plain = b"t\n.param vccn=1 CLOAD = 3f slew=2p\n";
        let deck = deck_with(plain, config, ONE).unwrap();
        assert_eq!(String::from_utf8(deck).unwrap(), "t\n.param vccn=1.0 CLOAD = 5e-15 slew=2p\n");
        let fault = |template: &[u8]| deck_with(template, config, ONE).unwrap_err();
        insta::assert_snapshot!(fault(b"{{ vccn }}\n{{ sweep.cloda }}"), @"
        template/sim_tx.sp:2:4: unknown axis `sweep.cloda`
          expected one of: cload, slew
          did you mean `cload`?
        ");
        insta::assert_snapshot!(fault(b"{{ vccn }}\n{{ sweep.slew }}"), @"template/sim_tx.sp:2:4: `sweep.slew`, but `sweep` of config.cfg does not choose `slew`");
    }

    #[test]
    fn values_of_a_sample_reach_the_deck() {
        let template = b"{{ vccn }} {{ mc.rsh }} {{ mc.dvth.mn1 + 1 }}\n";
        let nominal = deck_with(template, "", ONE).unwrap();
        assert_eq!(String::from_utf8(nominal).unwrap(), "1.0 100.0 1.0\n");
        let plain = deck_with(b"t\n.param vccn=1 rsh=3 DVTH_mp1=2 dvth=1\n", "", ONE).unwrap();
        let plain = String::from_utf8(plain).unwrap();
        assert_eq!(plain, "t\n.param vccn=1.0 rsh=100.0 DVTH_mp1=0.0 dvth=1\n");
        let fault = |template: &[u8]| deck_with(template, "", ONE).unwrap_err();
        insta::assert_snapshot!(fault(b"{{ vccn }}\n{{ mc.dvth.mn2 }}"), @"
        template/sim_tx.sp:2:4: unknown quantity `mc.dvth.mn2`
          expected one of: rsh, dvth.mn1, dvth.mp1
          did you mean `dvth.mn1`?
        ");
    }

    #[test]
    fn alter_statements_without_a_line_come_before_the_end() {
        let config = "alter_string1=.ic v(a)=0\nalter_string2=.save all\n";
        let render = |template: &str| {
            String::from_utf8(deck_with(template.as_bytes(), config, ONE).unwrap()).unwrap()
        };
        assert_eq!(
            render("t\r\n.param vccn=1\r\n*alter_string2\r\n.END\r\nx\r\n"),
            "t\r\n.param vccn=1.0\r\n.save all\r\n.ic v(a)=0\r\n.END\r\nx\r\n"
        );
        assert_eq!(render("t\n.param vccn=1"), "t\n.param vccn=1.0\n.ic v(a)=0\n.save all\n");
    }

    #[test]
    fn axes_that_do_not_reach_the_deck_are_named() {
        let tables = Tables {
            corners: Corners::parse("c", b"TT,typical,0,0\nSS,typical,-1,-1\n").unwrap(),
            supplies: Supplies::parse("s", ONE.as_bytes()).unwrap(),
            temperatures: Temperatures::default(),
            conditions: Conditions::parse("p", conditions::DEFAULT.as_bytes()).unwrap(),
            variation: Variation::parse("variation.csv", VARIATION.as_bytes()).unwrap(),
            sweeps: Sweeps::parse("sweeps.csv", b"cload,,5f\ncload,,20f\nslew,,10p\n").unwrap(),
        };
        let config = RunConfig::parse("config.cfg", b"", &[]).unwrap();
        let matrix = Matrix::new(&config, &tables).unwrap();
        let variables = BTreeMap::new();
        let supply_names = SupplyNames::default();
        let setting = Setting {
            config: &config,
            tables: &tables,
            matrix: &matrix,
            variables: &variables,
            supply_names: &supply_names,
        };
        let axes = |template: &str| -> Vec<String> {
            let template = Template::parse("t", template.as_bytes(), setting).unwrap();
            let found = crate::effect::without_effect(&template, &matrix, &mut |_| false).unwrap();
            found.iter().map(|axis| format!("{} {}", axis.axis, axis.values.len())).collect()
        };
        let writes =
            |text: &str| Template::parse("t", text.as_bytes(), setting).unwrap().may_write();
        let control = "t\n.param vccn=1\n.control\nrun\nwrdata out.txt v(a)\n.endc\n";
        assert!(writes(control) && !writes("t\n.param vccn=1\n"));
        assert_eq!(axes("t\n.param vccn=1\n"), ["corner 2", "temperature 4"]);
        assert_eq!(axes("t\n.param vccn=1\n.lib x TT\n.temp 1\n"), [""; 0]);
        assert_eq!(
            axes("* {{ point }}\n* {{ section }}\nv1 a 0 {{ vccn }}\n.temp {{ temp_c }}\n"),
            ["corner 2"]
        );
        // The colder values come first although their deck is the later one by its letters.
        let halves = "t\nv1 a 0 {{ vccn }}\n.temp {% if temp_c < 90 %}90{% else %}10{% endif %}\n.lib m {{ section }}\n";
        let halves = Template::parse("t", halves.as_bytes(), setting).unwrap();
        assert!(halves.rules().is_empty(), "a template with placeholders has no rules");
        let found = crate::effect::without_effect(&halves, &matrix, &mut |_| false).unwrap();
        let values: Vec<String> = found.iter().map(|axis| axis.values.join(" ")).collect();
        assert_eq!(values, ["m40 85", "100 125"]);
        assert!(
            found[0].to_string().starts_with("the decks of 2 of 4 temperature values (m40, 85) "),
            "{}",
            found[0]
        );
        let ruled = Template::parse("t", b"t\n.param vccn=1\n.temp 1\n", setting).unwrap();
        let lines: Vec<usize> = ruled.rules().iter().map(|(_, line)| *line).collect();
        assert_eq!(lines, [2, 3]);
        let only_hot = "t\nv1 a 0 {{ vccn }}\n.temp {% if temp_c > 90 %}{{ temp_c }}{% endif %}\n.lib m {{ section }}\n";
        assert_eq!(axes(only_hot), ["temperature 2"]);
        assert_eq!(
            axes("t\nv1 a 0 {{ vccn }}\n.lib m {{ section }}\nwrdata {{ folder }}/x\n"),
            ["temperature 4"]
        );
    }
}
