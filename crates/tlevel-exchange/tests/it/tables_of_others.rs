//! O*NET, ESCO, Tabiya and the UK Standard Skills Classification: small files in the
//! published forms.

use tlevel::concept::Concepts;
use tlevel_exchange::{Import, Part, framework_format, read_framework, read_topics};

fn parts<'p>(files: &'p [(&'p str, &'p str)]) -> Vec<Part<'p>> {
    files.iter().map(|(name, text)| Part::new(name, text.as_bytes())).collect()
}

fn import(files: &[(&str, &str)]) -> Import {
    read_framework(&parts(files)).expect("is recognised").expect("is read")
}

fn refused(files: &[(&str, &str)]) -> String {
    read_framework(&parts(files)).expect("is recognised").expect_err("is refused").to_string()
}

/// The places and statements of each occupation.
fn shown(import: &Import) -> Vec<String> {
    let mut lines = Vec::new();
    for route in &import.map.routes {
        for pathway in &route.pathways {
            for cluster in &pathway.clusters {
                for occupation in &cluster.occupations {
                    let path = [&route.name, &pathway.name, &cluster.name].map(|name| name.as_deref().unwrap());
                    let statements: Vec<String> = occupation
                        .statements
                        .iter()
                        .map(|s| {
                            let (id, kind) = (s.id.as_deref().unwrap(), s.kind.as_deref().unwrap());
                            format!("{id} {kind} {}", s.text.as_deref().unwrap())
                        })
                        .collect();
                    let title = occupation.title.as_deref().unwrap();
                    lines.push(format!("{}: {title} [{}]", path.join(" > "), statements.join("; ")));
                }
            }
        }
    }
    lines
}

const ONET: [(&str, &str); 4] = [
    (
        "Occupation Data.txt",
        "O*NET-SOC Code\tTitle\tDescription\n47-2111.00\tElectricians\tInstall wiring.\n49-2098.00\tAlarm installers\tFit alarms.\n",
    ),
    (
        "Task Statements.txt",
        "O*NET-SOC Code\tTask ID\tTask\tTask Type\n47-2111.00\t1\tConnect wires.\tCore\n47-2111.00\t2\tTest circuits.\tCore\n49-2098.00\t3\tRun wires.\tCore\n",
    ),
    (
        "Tasks to DWAs.txt",
        "O*NET-SOC Code\tTask ID\tDWA ID\n47-2111.00\t1\tA.1\n47-2111.00\t1\tA.2\n47-2111.00\t2\tA.2\n49-2098.00\t3\tA.1\n49-2098.00\t9\tA.1\n",
    ),
    ("Abilities.txt", "O*NET-SOC Code\tElement ID\tData Value\n"),
];

#[test]
fn tasks_of_onet_are_statements_and_activities_concepts() {
    assert_eq!(framework_format(&parts(&ONET)), Some("O*NET"));
    let import = import(&ONET);
    assert_eq!(
        shown(&import),
        [
            "Construction and extraction > Minor group 47-2000 > Broad group 47-2110: Electricians \
             [1 skill Connect wires.; 2 skill Test circuits.]",
            "Installation, maintenance and repair > Minor group 49-2000 > Broad group 49-2090: Alarm installers \
             [3 skill Run wires.]",
        ]
    );
    assert_eq!(
        import.notes,
        [
            "O*NET has no levels as in England; level 3 is assumed for every occupation",
            "not read: activities of tasks that are not in Task Statements.txt (1)",
            "not read: the file Abilities.txt",
        ]
    );
    let judged = import.concepts.expect("activities");
    assert_eq!(
        judged,
        "occupation,statement,concept,label,also\n47-2111.00,1,A.1,,A.2\n47-2111.00,2,A.2,,\n49-2098.00,3,A.1,,\n"
    );
    let map = tlevel::check(import.map).expect("a map").map;
    let concepts = Concepts::from_csv(&map, &judged).expect("concepts");
    let wires = concepts.iter().find(|concept| concept.id() == "A.1").expect("an activity");
    assert_eq!(wires.statements().len(), 2);
}

#[test]
fn what_is_missing_from_onet_is_said() {
    assert_eq!(
        refused(&ONET[1..]),
        "O*NET: the file \"Occupation Data.txt\" is missing; put it beside the others and read the folder"
    );
    let other = [ONET[0], ("Task Statements.txt", "O*NET-SOC Code\tTask ID\tTask\n47-2111.01\t1\tConnect wires.\n")];
    assert_eq!(
        refused(&other),
        "Task Statements.txt: line 2: occupation \"47-2111.01\" is in no file of the set (did you mean \
         \"47-2111.00\"?); take all files from one release"
    );
}

const ESCO: [(&str, &str); 6] = [
    (
        "occupations_en.csv",
        "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status,inScheme,description,code\n\
         Occupation,http://data.europa.eu/esco/occupation/o1,7411,electrician,\"sparky\nwirer\",released,x,Fits wires.,7411.1\n",
    ),
    (
        "skills_en.csv",
        "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,status,inScheme,description\n\
         KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/s1,skill/competence,cross-sector,fit wires,,released,x,\n\
         KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/s2,knowledge,cross-sector,electricity,,released,x,\n",
    ),
    (
        "occupationSkillRelations_en.csv",
        "occupationUri,relationType,skillType,skillUri\n\
         http://data.europa.eu/esco/occupation/o1,essential,skill/competence,http://data.europa.eu/esco/skill/s1\n\
         http://data.europa.eu/esco/occupation/o1,essential,knowledge,http://data.europa.eu/esco/skill/s2\n\
         http://data.europa.eu/esco/occupation/o1,optional,knowledge,http://data.europa.eu/esco/skill/s2\n",
    ),
    (
        "ISCOGroups_en.csv",
        "conceptType,conceptUri,code,preferredLabel,status,altLabels,inScheme,description\n\
         ISCOGroup,http://data.europa.eu/esco/isco/C74,74,Electrical trades,released,,x,\n\
         ISCOGroup,http://data.europa.eu/esco/isco/C741,741,Electrical installers,released,,x,\n",
    ),
    (
        "skillGroups_en.csv",
        "conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,inScheme,description,code\n\
         SkillGroup,http://data.europa.eu/esco/skill/g1,constructing,,,released,,What is built,x,,S7\n\
         SkillGroup,http://data.europa.eu/esco/skill/g2,wiring,,,released,,,x,,S7.3\n",
    ),
    (
        "broaderRelationsSkillPillar_en.csv",
        "conceptType,conceptUri,broaderType,broaderUri\n\
         SkillGroup,http://data.europa.eu/esco/skill/g2,SkillGroup,http://data.europa.eu/esco/skill/g1\n\
         KnowledgeSkillCompetence,http://data.europa.eu/esco/skill/s1,SkillGroup,http://data.europa.eu/esco/skill/g2\n",
    ),
];

#[test]
fn essential_skills_of_esco_are_statements() {
    let import = import(&ESCO);
    assert_eq!(
        shown(&import),
        [
            "Electrical trades > Electrical installers > Group 7411: electrician [s1 skill fit wires; s2 knowledge electricity]"
        ]
    );
    let occupation = import.map.occupations().next().unwrap();
    assert_eq!(occupation.job_titles, ["sparky", "wirer"]);
    assert_eq!(
        import.notes,
        [
            "ESCO has no levels as in England; level 3 is assumed for every occupation",
            "not read: relations that are not essential (1)",
            "not read: the file skillGroups_en.csv",
            "not read: the file broaderRelationsSkillPillar_en.csv",
        ]
    );
}

#[test]
fn groups_of_skills_are_topics() {
    let (vocabulary, _) = read_topics(&parts(&ESCO)).expect("ESCO").expect("is read");
    let topics: Vec<_> =
        vocabulary.topics().iter().map(|t| (t.id.as_str(), t.heading.as_str(), t.broader.as_deref())).collect();
    assert_eq!(topics, [("S7", "constructing", None), ("S7.3", "wiring", Some("S7"))]);
    assert_eq!(vocabulary.topics()[1].cues, ["fit wires"]);
    assert_eq!(vocabulary.topics()[0].scope, "What is built");
}

#[test]
fn a_skill_that_is_in_no_file_is_said() {
    let relations = ESCO[2].1.replace("skill/s1", "skill/s3");
    let files = [ESCO[0], ESCO[1], ("relations.csv", relations.as_str())];
    assert_eq!(
        refused(&files),
        "relations.csv: line 2: skill \"http://data.europa.eu/esco/skill/s3\" is in no file of the set (did you mean \
         \"http://data.europa.eu/esco/skill/s1\"?); take all files from one release"
    );
}

#[test]
fn the_tables_of_tabiya_are_read_like_those_of_esco() {
    let import = import(&[
        (
            "occupations.csv",
            "\"ORIGINURI\",\"ID\",\"UUIDHISTORY\",\"OCCUPATIONGROUPCODE\",\"CODE\",\"PREFERREDLABEL\",\"ALTLABELS\",\"DESCRIPTION\"\n\
             \"u\",\"key_1\",\"x\",\"7411\",\"7411.1\",\"electrician\",\"sparky\",\"Fits wires.\"\n",
        ),
        (
            "skills.csv",
            "ORIGINURI,ID,UUIDHISTORY,SKILLTYPE,REUSELEVEL,PREFERREDLABEL,ALTLABELS,DESCRIPTION,SCOPENOTE\n\
             u,key_s1,x,attitude,transversal,be careful,,,\n",
        ),
        (
            "occupation_to_skill_relations.csv",
            "OCCUPATIONTYPE,OCCUPATIONID,RELATIONTYPE,SKILLID\nescooccupation,key_1,essential,key_s1\n",
        ),
        (
            "occupation_groups.csv",
            "ORIGINURI,ID,UUIDHISTORY,CODE,GROUPTYPE,PREFERREDLABEL,ALTLABELS,DESCRIPTION\n\
             u,g,x,7411,iscogroup,Building electricians,,\n",
        ),
    ]);
    assert_eq!(
        shown(&import),
        ["Group 74 > Group 741 > Building electricians: electrician [key_s1 behaviour be careful]"]
    );
}

#[test]
fn tasks_of_the_skills_classification_are_statements() {
    let one = import(&[(
        "tasks.csv",
        "SOC 2020 SUG code,SUG title,Task ID,Task\n1131/01,Bank managers,T.00743,Analyse risks.\n\
         1131/01,Bank managers,T.00743,Analyse risks.\n2231/00,Midwives,T.00800,Deliver babies.\n",
    )]);
    assert_eq!(one.format, "UK Standard Skills Classification");
    assert_eq!(
        shown(&one),
        [
            "Sub-major group 11 > Minor group 113 > Unit group 1131: Bank managers [T.00743 skill Analyse risks.]",
            "Sub-major group 22 > Minor group 223 > Unit group 2231: Midwives [T.00800 skill Deliver babies.]",
        ]
    );
    assert_eq!(one.notes[1..], ["not read: tasks that an occupation has twice (1)"]);
    let several = import(&[
        ("links.csv", "Occupation Code,Task ID\n1131/01,T.1\n"),
        ("tasks.csv", "Task ID,Task Description\nT.1,Analyse risks.\n"),
        ("occupations.csv", "Occupation Code,Occupation Title\n1131/01,Bank managers\n"),
    ]);
    assert_eq!(
        shown(&several),
        ["Sub-major group 11 > Minor group 113 > Unit group 1131: Bank managers [T.1 skill Analyse risks.]"]
    );
    assert_eq!(
        refused(&[("links.csv", "Occupation Code,Task ID\n1131/01,T.1\n")]),
        "links.csv: line 2: task \"T.1\" is in no file of the set; put the list of tasks beside it, or give the text \
         in a column \"Task\""
    );
}
