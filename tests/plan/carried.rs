//! Each recommendation beside the step that carries it out, for who reads the texts.

use itasheet::advice::Advice;

#[test]
fn every_recommendation_and_its_step_speak_of_the_same_deed() {
    // The words of both, without the short ones that every text has.
    let words = |text: &str| -> Vec<String> {
        let breaks = itasheet::typeset::Breaks::from_stored(itasheet::advice::STORED_BREAKS);
        let mut start = 0;
        let mut all = Vec::new();
        for end in breaks.positions(text) {
            all.push(text[start..end].trim().to_owned());
            start = end;
        }
        all.retain(|word| word.chars().count() >= 3);
        all
    };
    for (key, topic) in &Advice::built_in().topics {
        for action in &topic.actions {
            let (recommend, step) = (words(&action.recommend), words(action.step()));
            let shared = step.iter().filter(|word| recommend.contains(word)).count();
            assert!(
                shared * 2 >= step.len(),
                "{key}: {shared} of {} words\n{}\n{}",
                step.len(),
                action.recommend,
                action.step()
            );
        }
    }
}
