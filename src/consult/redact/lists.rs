//! Words that tell names from other words.

use std::collections::HashSet;

type Set = HashSet<&'static str>;

/// The lists, each as a set.
#[derive(Debug)]
pub(super) struct Lists {
    /// Words after which a name follows.
    pub(super) titles: Set,
    /// Words that end an organisation's name and are often dropped.
    pub(super) suffixes: Set,
    /// Words that are a name only together with others.
    pub(super) common: Set,
    /// Words of two letters and more that no name is made of by itself.
    pub(super) small: Set,
    /// Small words inside a name.
    pub(super) particles: Set,
    /// What a signature begins with.
    pub(super) signatures: Set,
    /// Last words of what a name follows, such as "my name is".
    pub(super) introductions: Set,
    /// What follows a name: "Jane Doe says".
    pub(super) sayings: Set,
    /// The last words of streets.
    pub(super) streets: Set,
    /// Common first names.
    pub(super) forenames: Set,
    /// What follows a name at the start of a sentence.
    pub(super) after_names: Set,
    /// The last words of organisations' names.
    pub(super) kinds: Set,
    /// Months that are names.
    pub(super) months: Set,
    /// Words before a month.
    pub(super) before_months: Set,
    /// The first parts of addresses that name nobody: "info@".
    pub(super) mailboxes: Set,
    /// The last parts of web addresses.
    pub(super) domains: Set,
}

impl Lists {
    pub(super) fn new() -> Lists {
        let set = |words: &'static str| words.split_whitespace().collect();
        Lists {
            titles: set(
                "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron rev reverend canon sister cllr \
                 councillor capt captain sgt sergeant",
            ),
            suffixes: set("ltd limited plc llp inc cic cio co company group uk holdings lp gmbh"),
            common: set(concat!(
                // names that are words
                "art bill black brown chase chuck clay cliff dale dawn day dean drew earl faith field fox frank gene \
                 grace grant green guy hall hill hope house hunter iris ivy jack jade joy king lane law lily long mark \
                 may miles north page park pat pearl penny price ray rich rob robin rose ruby short smart stone sue \
                 summer terry ward west white will wood young ",
                // words of organisations and places
                "academy agency association authority board body borough britain british centre central charity city \
                 college colleges community council county east eastern education employers england english example \
                 federation first forum foundation great greater guild higher industry institute institution \
                 international london manchester midlands national network northern office professional provider royal \
                 school schools scotland service services skills society southern technical trade training trust union \
                 united university wales western ",
                // words that begin sentences
                "a about according after again all also although always an and another any anyone apart are as ask at \
                 because before being best between both but by can care close could dear do does each either even every \
                 everyone few for from further give good half have he hello her here hi his how however i if in instead \
                 is it its just kind last like look make many may me more most much my near neither never new next no \
                 nobody none nor not nothing now of often on once one only or other others our out over please reply \
                 ring same see seven several she should signed since six so some someone somewhere speak still such \
                 surely ten thank thanks that the their them then there these they think this those three to today \
                 together too try two under unless until up us use very was we well were what when where whether which \
                 while who whoever whole whose why with within without would yes yet you your yours",
            )),
            small: set("the of and for in at to on an by"),
            particles: set("de der den van von le la del da dos bin ap ab al el y"),
            signatures: set(
                "regards sincerely faithfully truly signed thanks wishes cheers contact best gratefully respectfully",
            ),
            introductions: set("colleague colleagues daughter son husband wife manager"),
            sayings: set("says said writes wrote tells told thinks argues points"),
            streets: set(
                "street road lane avenue close drive way court place square terrace crescent gardens row hill mews grove \
                 park estate parade yard st rd ave",
            ),
            forenames: set(
                "aaron abdul abigail adam adrian ahmed aidan aisha alan alastair alex alexander alexandra alfie ali alice \
                 alison amanda amelia amir amy andrea andrew angela anita ann anna anne annie anthony antonia arthur ava \
                 barbara barry beatrice becky ben benjamin bernard beth bethany bob bobby brenda brian bridget callum cameron carl \
                 carol caroline catherine cathy charles charlie charlotte cheryl chloe chris christine christopher claire \
                 clare clive colin connor craig daisy dan daniel danielle darren dave david dawn deborah debbie derek \
                 diana diane donald donna doreen dorothy douglas duncan dylan eddie edith edward eileen elaine eleanor \
                 elizabeth ella ellen ellie elliot emily emma eric ethan eva eve evelyn fatima fiona florence fred freya \
                 gareth gary gavin geoff geoffrey george georgia georgina gerald gillian glen glenn gloria gordon graham \
                 greg hannah harold harriet harry hassan hayley hazel heather heidi helen henry hilary holly howard hugh ian imran irene \
                 isaac isabel isabella isla jackie jacob jacqueline jake james jamie jan jane janet janice jasmine jason \
                 jean jeff jennifer jenny jeremy jess jessica jill jim jimmy joan joanna joanne joe joel john johnny jonathan \
                 jordan joseph josh joshua joyce judith judy julia julian julie june justin karen kate katherine kathleen \
                 kathryn katie kayleigh keith kelly ken kenneth kerry kevin khalid kim kirsty kyle laura lauren leah lee \
                 leo leon leonard lesley leslie lewis liam linda lindsay lisa liz lorna lorraine louis louise lucy luke \
                 lynn lynne maggie malcolm marcus margaret maria marian marie marilyn marion martha martin mary matt \
                 matthew maureen max megan melanie melissa michael michelle mick mike mohammad mohammed moira molly \
                 monica muhammad nadia nancy naomi natalie natasha nathan neil nick nicola nicholas nicole nigel nina \
                 noah noel nora norman oliver olivia omar oscar owen pam pamela patricia patrick paul paula pauline peggy \
                 pete peter phil philip phoebe phyllis poppy priya rachel raj ralph raymond rebecca reece richard rita \
                 robert roger ron ronald rory rosemary rosie ross roy russell ruth ryan sally sam samantha samuel sandra \
                 sara sarah scott sean shannon sharon shaun sheila shirley simon sophia sophie stacey stella stephanie \
                 stephen steve steven stewart stuart susan suzanne sylvia tariq ted theresa thomas tim timothy tina toby \
                 todd tom tony tracey tracy trevor usman valerie vera veronica victor victoria vincent vivien wayne wendy \
                 wilfred william yasmin yusuf yvonne zach zara zoe",
            ),
            after_names: set(
                "has had is was says said and or who founded wrote started runs works worked trained joined at from",
            ),
            kinds: set(
                "ltd limited plc llp cic college academy school trust alliance guild society association partnership",
            ),
            months: set("april may june august"),
            before_months: set("in by until since of from last next early late mid every this during before after"),
            mailboxes: set(
                "info enquiries enquiry training hello admin office contact mail complaints grants apprenticeships \
                 consultation hr jobs reception sales support team the",
            ),
            domains: set("com org uk net example co ac eu wales scot london info"),
        }
    }
}
