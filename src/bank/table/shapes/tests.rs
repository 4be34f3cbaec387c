use super::*;

fn described(text: &str, width: usize) -> Option<String> {
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
    find(&rows, width).map(|(layout, _)| format!("{} {:?}", layout.describe(), layout.marks))
}

#[test]
fn columns_without_names_are_told_by_what_they_hold() {
    for (text, width, expected) in [
        ("q;a\n", 2, Some("prompt = column 1, answer = column 2 Key")),
        (
            "q;w;x;y;z;D\nr;w;x;y;z;A\n",
            6,
            Some("prompt = column 1, options = column 2 to column 5, answer = column 6 Key"),
        ),
        (
            "1;q;w;x;2\n2;r;w;x;1\n",
            5,
            Some("prompt = column 2, options = column 3 to column 4, answer = column 5 Key"),
        ),
        (
            "q;w;x;x\nr;y;z;y\n",
            4,
            Some("prompt = column 1, options = column 2 to column 3, answer = column 4 Key"),
        ),
        (
            "q;History;w;#x\nr;Art;#y;z\n",
            4,
            Some("prompt = column 1, options = column 3 to column 4, tags = column 2 Sign('#')"),
        ),
        (
            "1;q;w;True;x;False;1\n2;r;w;False;x;True;1\n",
            7,
            Some("prompt = column 2, options = column 3 to column 5 Next"),
        ),
        ("q;a;b\n", 3, None),
        // a topic, a picture, a number of points beside the options
        (
            "q;Art;w1;x1;y1;B\nr;Art;w2;x2;y2;A\ns;Art;w3;x3;y3;C\n",
            6,
            Some("prompt = column 1, options = column 3 to column 5, tags = column 2, answer = column 6 Key"),
        ),
        (
            "q;w1;x1;y1;1;B\nr;w2;x2;y2;2;A\ns;w3;x3;y3;1;C\n",
            6,
            Some("prompt = column 1, options = column 2 to column 4, answer = column 6 Key"),
        ),
        (
            "Q1;q;w1;x1;y1;B\nQ2;r;w2;x2;y2;A\nQ3;s;w3;x3;y3;C\n",
            6,
            Some("prompt = column 2, options = column 3 to column 5, answer = column 6 Key"),
        ),
        // a category before the question, options with their feedback: only the learner knows
        (&"C;q;w;no;x;yes;1\n".repeat(9), 7, None),
    ] {
        assert_eq!(described(text, width).as_deref(), expected, "{text}");
    }
}
