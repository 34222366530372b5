package fr.tambour.dispatch.internal.engine;

/**
 * A slice that was cut off what none covered yet.
 *
 * @param dispatch whose frontier is moved, in the same transaction
 * @param slice not in the books before a page of it begins, or everybody in it is accounted for
 */
record Cut(OpenDispatch dispatch, Slice slice) {

    /** The next one of a dispatch, of about so many of the town's recipients. */
    static Cut next(Ledger ledger, OpenDispatch dispatch, int size) {
        long from = dispatch.frontier();
        OpenDispatch cut = dispatch.cutTo(ledger.boundary(dispatch, from, dispatch.upper(), size));
        ledger.put(cut);
        return new Cut(cut, Slice.cut(cut.ref(), from, cut.frontier()));
    }
}
