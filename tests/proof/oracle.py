"""Who may open which page: written down by hand, apart from the rules that the pages carry.

A new page fails `test_matrix.py` until it stands here. Put its route under the first of these
that is true of it; `{…}` stand for the words between them, each giving a route of its own.
"""

import re
from itertools import product

MAY = {
    # What shows nothing of anyone to those who are not signed in.
    "anyone": """
        . start/ in/ in/key/ in/key/ask/ out/ come/ me/gone/ turn/ today/ promise/ look/ keep/
        here/ closed/ words/ words/choose/ words/choose/ask/ keep/words/
    """,
    # Files and shells that a device keeps: the same for all, whoever asks.
    "the same": """
        sw.js app.webmanifest shell/{today,none,waiting}/ map/{shell,once}/ map/shell/about/
        notes/shell/ notes/week/shell/
        map/layers/shell/
        meet/shell/{write,say}/
    """,
    # One's own account and lists; whoever is signed in has them, each their own.
    "signed in": """
        me/ me/ways/ me/ways/words/ me/ways/key/ me/ways/key/ask/ me/where/ me/erase/
        me/erase/now/ me/erase/stay/ me/away/ me/copy/ me/only/
        me/only/{open,words,renew,passkey,less,sheet,let-go}/ me/only/let-go/{now,keep}/
        me/only/of/<slug:of>/ me/only/of/<slug:of>/back/ shared/ waiting/
        together/ together/new/ sharing/ sharing/before/ sharing/seen/ sharing/choose/
        known/ known/new/ known/code/ map/ map/new/ map/prompts/ map/beside/ map/three/
        map/prompts/<slug:code>/
        notes/ notes/find/ notes/write/ notes/gone/ notes/on/<day:day>/ notes/again/
        notes/minded/ notes/minded/ask/
        notes/again/name/ notes/again/{from,ours}/ notes/belonging/
        notes/cards/ notes/cards/write/ asks/ asks/new/
        letters/ letters/{choose,new}/
        notes/week/ out/week/ notes/plans/
    """,
    # A thing in somebody's notebook, or their own word in a circle: theirs alone.
    "its own": """
        me/away/<uuid:thing>/ me/ways/key/<uuid:key>/ me/ways/key/<uuid:key>/away/
        sharing/choose/<uuid:thing>/ sharing/<uuid:grant>/{change,stop}/
        known/<uuid:thing>/ known/<uuid:thing>/{code,forget}/ keep/<uuid:device>/
        map/us/<uuid:thing>/ map/us/<uuid:thing>/{willing,back,together}/
        map/us/<uuid:thing>/three/ map/three/<uuid:trio>/
        map/us/<uuid:thing>/say/<slug:item>/
        media/{picture,sound}/<uuid:thing>/
        map/<uuid:map_id>/beside/ map/<uuid:map_id>/beside/end/
        map/<uuid:map_id>/beside/end/<slug:goes>/ map/<uuid:map_id>/photo/
        map/<uuid:map_id>/photo/change/ map/<uuid:map_id>/one/<uuid:thing>/picture/
        map/<uuid:map_id>/talk/ map/<uuid:map_id>/talk/{say,text,meaning}/
        map/<uuid:map_id>/talk/<uuid:thing>/ map/<uuid:map_id>/talk/<uuid:thing>/{away,back}/
        map/<uuid:map_id>/ map/<uuid:map_id>/{list,paper,keep,step,steps,add,order}/
        map/<uuid:map_id>/{words,helps,part}/
        map/<uuid:map_id>/add/several/ map/<uuid:map_id>/add/<slug:kind>/
        map/<uuid:map_id>/about/<uuid:thing>/ map/<uuid:map_id>/about/<uuid:thing>/<slug:step>/
        map/<uuid:map_id>/about/<uuid:thing>/on/<uuid:said>/
        map/<uuid:map_id>/about/<uuid:thing>/on/<uuid:said>/{away,back}/
        map/<uuid:map_id>/{one,two,off,back,forget}/<uuid:thing>/
        map/<uuid:map_id>/one/<uuid:thing>/{move,tie}/
        map/<uuid:map_id>/layers/ map/<uuid:map_id>/layers/beside/<uuid:other>/
        map/<uuid:map_id>/layers/{new,change,move,away,back,ghost,slide}/
        map/<uuid:map_id>/{days,replay}/ map/<uuid:map_id>/replay/order/
        map/<uuid:map_id>/cut/<uuid:thing>/ out/sheets/ out/<uuid:map_id>/
        out/card/<uuid:thing>/<slug:paper>/
        notes/<uuid:thing>/ notes/<uuid:thing>/{correct,remove,restore,forget}/
        notes/with/<uuid:thing>/ notes/<uuid:thing>/before/<uuid:version>/
        notes/plans/<uuid:plan>/ notes/plans/<uuid:plan>/{away,back}/
        notes/plans/<uuid:plan>/off/<uuid:thing>/
        notes/minded/<uuid:thing>/
        notes/minded/<uuid:thing>/{change,calendar,stop,on,tell,remove,restore}/
        notes/again/<uuid:thing>/ notes/again/<uuid:thing>/{now,correct,remove,restore}/
        notes/again/<uuid:thing>/now/correct/ notes/again/from/<uuid:thing>/again/
        notes/belonging/<uuid:thing>/ notes/belonging/<uuid:thing>/say/
        notes/again/<uuid:thing>/ours/ notes/again/ours/<uuid:thing>/back/
        notes/cards/<uuid:thing>/ notes/cards/<uuid:thing>/{correct,remove,restore}/
        letters/<uuid:thing>/ letters/<uuid:thing>/{correct,take,away,back}/
        asks/new/from/<uuid:about>/ asks/new/to/<uuid:circle>/from/<uuid:about>/
        asks/<uuid:thing>/ asks/<uuid:thing>/{change,send,until,stop,away,back}/
    """,
    # Everyone in the circle that the address names; some are told that it is not theirs to do,
    # where they see the thing anyway.
    "guest": """
        together/<uuid:circle>/ together/<uuid:circle>/{roles,leave}/
        place/<uuid:circle>/ place/<uuid:circle>/<uuid:thing>/ notes/words/<uuid:circle>/
        asks/new/to/<uuid:circle>/ asks/try/<uuid:circle>/ asks/try/<uuid:circle>/<uuid:thing>/
        asks/try/<uuid:circle>/<uuid:thing>/say/ turn/<uuid:thing>/away/
        asks/try/<uuid:circle>/<uuid:thing>/say/<uuid:side>/
        asks/try/<uuid:circle>/<uuid:thing>/say/<uuid:side>/back/
        meet/<uuid:circle>/ meet/<uuid:circle>/<uuid:thing>/
        meet/<uuid:circle>/<uuid:thing>/{seat,say,lines,back,again}/
        meet/<uuid:circle>/<uuid:thing>/line/<uuid:line>/
        meet/<uuid:circle>/<uuid:thing>/line/<uuid:line>/quote/
        meet/<uuid:circle>/<uuid:thing>/theme/<uuid:theme>/
        meet/<uuid:circle>/<uuid:thing>/finding/<uuid:part>/
        papers/<uuid:circle>/<uuid:thing>/ papers/<uuid:circle>/<uuid:thing>/paper/
        papers/<uuid:circle>/edition/<uuid:thing>/
    """,
    # Those who work there.
    "team": """
        together/<uuid:circle>/shown/ place/<uuid:circle>/{new,line,sheet}/
        place/<uuid:circle>/line/<uuid:thing>/away/
        notes/words/<uuid:circle>/<uuid:thing>/{away,back}/
        place/<uuid:circle>/<uuid:thing>/{change,away,back,with,one,parts,alone}/
        tables/<uuid:circle>/
        sheet/<uuid:circle>/ sheet/<uuid:circle>/<uuid:thing>/
        asks/at/<uuid:circle>/ asks/at/<uuid:circle>/about/ asks/at/<uuid:circle>/<uuid:thing>/
        asks/try/<uuid:circle>/new/ asks/try/<uuid:circle>/<uuid:thing>/{change,stand}/
        meet/<uuid:circle>/new/ meet/<uuid:circle>/<uuid:thing>/{edit,voice,write,themes}/
        meet/<uuid:circle>/<uuid:thing>/{finding,both,advice,notes}/
        meet/<uuid:circle>/<uuid:thing>/finding/<uuid:part>/{edit,again}/
        meet/<uuid:circle>/<uuid:thing>/{both,advice,away}/<uuid:part>/
        papers/<uuid:circle>/<uuid:thing>/issue/
    """,
    # Those who look after it.
    "keeper": """
        together/<uuid:circle>/{cards,turn,days,words,again}/ cards/<uuid:card>/stop/
    """,
    # Only invented people; here, nobody at all.
    "the invented": """
        walk/ walk/<int:number>/ walk/be/<str:called>/ walk/stop/
    """,
}


def routes(told: str) -> list[str]:
    """The routes that a text in `MAY` names."""
    return [route for word in told.split() for route in _unfolded("" if word == "." else word)]


def _unfolded(word: str) -> list[str]:
    parts = [part.split(",") for part in re.split(r"\{(.*?)\}", word)]
    return ["".join(one) for one in product(*parts)]


WHO_MAY = {route: who for who, told in MAY.items() for route in routes(told)}
