"""The strings of the widget, and of the page on which a site owner makes one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.document import Language


@dataclass(frozen=True, slots=True)
class WidgetMessages:
    """`meanings` says what each attribute of the loader does, `positions` and `themes` each choice."""

    launcher: str
    frame_title: str
    lost: str
    open_in_tab: str
    close: str
    page_title: str
    page_lead: str
    options: str
    auto: str
    update: str
    preview: str
    preview_heading: str
    snippet: str
    snippet_lead: str
    copy: str
    copied: str
    copy_by_hand: str
    allowed: str
    allowed_none: str
    allowed_one: str
    allowed_some: str
    allowed_how: str
    policy: str
    policy_lead: str
    attributes: str
    left_out: str
    all_of_them: str
    fields: Mapping[str, str]
    meanings: Mapping[str, str]
    positions: Mapping[str, str]
    themes: Mapping[str, str]


_EN = WidgetMessages(
    launcher="Ask the text",
    frame_title="Ask the publication",
    lost="The chat cannot be shown on this page.",
    open_in_tab="Open it in its own tab",
    close="Close",
    page_title="On your own site",
    page_lead="One line puts the questions and the footnotes on the publication’s own page. "
    "It sets no cookie, calls no other host, and loads nothing more until a reader presses the button.",
    options="Your choices",
    auto="As the page",
    update="Update",
    preview="Preview",
    preview_heading="Your page",
    snippet="Paste this",
    snippet_lead="Anywhere in the page. Without scripts, readers get the link.",
    copy="Copy",
    copied="Copied.",
    copy_by_hand="Selected. Copy it with the keyboard.",
    allowed="Which sites may",
    allowed_none="At present no site may show the widget; only this preview does.",
    allowed_one="At present one site may show the widget.",
    allowed_some="At present {count} sites may show the widget.",
    allowed_how="The operator lists the exact origins, with commas between, and starts the service again:",
    policy="If your site sends a Content-Security-Policy",
    policy_lead="Let these stand in it. No inline script or style is needed, and Trusted Types may be required.",
    attributes="Attributes",
    left_out="If left out: {default}",
    all_of_them="all of them",
    fields={
        "language": "Language",
        "title": "Title",
        "greeting": "Greeting",
        "label": "Button",
        "accent": "Colour",
        "theme": "Scheme",
        "position": "Place",
        "documents": "Publications",
    },
    meanings={
        "language": "Language of the interface: zh-Hant, zh-Hans or en. Quotations stay as printed.",
        "title": "Heading of the chat, and the name that screen readers say.",
        "greeting": "The words under the heading.",
        "label": "The words on the button.",
        "accent": "Colour of the button, of links and of note marks, as #rrggbb. Made darker or lighter where it could not be read.",
        "theme": "light or dark.",
        "position": "right, left, or inline: no button, the chat stands where <zhujiao-chat> stands.",
        "documents": "Ids of the publications to ask, with spaces between; a JSON list where an id holds a space.",
    },
    positions={
        "right": "Button, right",
        "left": "Button, left",
        "inline": "In the text",
        "frame": "Plain frame, no script",
    },
    themes={"auto": "As the page", "light": "Light", "dark": "Dark"},
)

_ZH_HANT = WidgetMessages(
    launcher="問這份文獻",
    frame_title="向文獻提問",
    lost="此頁無法顯示提問框。",
    open_in_tab="在新分頁開啟",
    close="關閉",
    page_title="放進您的網站",
    page_lead="一行程式碼，讀者就能在文獻自己的網頁上提問、看註腳。"
    "不用 cookie，不連其他主機；讀者按下按鈕之前，不再載入任何東西。",
    options="您的選擇",
    auto="依網頁",
    update="更新",
    preview="預覽",
    preview_heading="您的網頁",
    snippet="貼上這段",
    snippet_lead="放在網頁任何位置皆可。瀏覽器不執行程式時，讀者會看到連結。",
    copy="複製",
    copied="已複製。",
    copy_by_hand="已選取，請用鍵盤複製。",
    allowed="哪些網站可以使用",
    allowed_none="目前沒有網站可以顯示，只有這裡的預覽可以。",
    allowed_one="目前有一個網站可以顯示。",
    allowed_some="目前有 {count} 個網站可以顯示。",
    allowed_how="由管理者逐一列出完整來源（origin），以逗號分隔，再重新啟動服務：",
    policy="若您的網站設有 Content-Security-Policy",
    policy_lead="請納入以下兩項。不需要行內程式或行內樣式，也可要求 Trusted Types。",
    attributes="屬性",
    left_out="未填時：{default}",
    all_of_them="全部",
    fields={
        "language": "語言",
        "title": "標題",
        "greeting": "開場白",
        "label": "按鈕文字",
        "accent": "顏色",
        "theme": "明暗",
        "position": "位置",
        "documents": "文獻",
    },
    meanings={
        "language": "介面語言：zh-Hant、zh-Hans 或 en。引文一律照原文。",
        "title": "提問框的標題，也是螢幕報讀器念出的名稱。",
        "greeting": "標題下的文字。",
        "label": "按鈕上的文字。",
        "accent": "按鈕、連結與註號的顏色，寫作 #rrggbb。若難以辨讀，會自動加深或調淡。",
        "theme": "light（淺色）或 dark（深色）。",
        "position": "right（右）、left（左）或 inline：不設按鈕，提問框就在 <zhujiao-chat> 的位置。",
        "documents": "可供提問的文獻代號，以空格分隔；代號本身含空格時，寫成 JSON 陣列。",
    },
    positions={
        "right": "右下按鈕",
        "left": "左下按鈕",
        "inline": "嵌在文中",
        "frame": "單純框架，不用程式",
    },
    themes={"auto": "依網頁", "light": "淺色", "dark": "深色"},
)

_ZH_HANS = WidgetMessages(
    launcher="问这份文献",
    frame_title="向文献提问",
    lost="此页无法显示提问框。",
    open_in_tab="在新标签页打开",
    close="关闭",
    page_title="放进您的网站",
    page_lead="一行代码，读者就能在文献自己的网页上提问、看脚注。"
    "不用 cookie，不连其他主机；读者按下按钮之前，不再加载任何东西。",
    options="您的选择",
    auto="依网页",
    update="更新",
    preview="预览",
    preview_heading="您的网页",
    snippet="粘贴这段",
    snippet_lead="放在网页任何位置皆可。浏览器不执行脚本时，读者会看到链接。",
    copy="复制",
    copied="已复制。",
    copy_by_hand="已选中，请用键盘复制。",
    allowed="哪些网站可以使用",
    allowed_none="目前没有网站可以显示，只有这里的预览可以。",
    allowed_one="目前有一个网站可以显示。",
    allowed_some="目前有 {count} 个网站可以显示。",
    allowed_how="由管理者逐一列出完整来源（origin），以逗号分隔，再重新启动服务：",
    policy="若您的网站设有 Content-Security-Policy",
    policy_lead="请纳入以下两项。不需要内联脚本或内联样式，也可要求 Trusted Types。",
    attributes="属性",
    left_out="未填时：{default}",
    all_of_them="全部",
    fields={
        "language": "语言",
        "title": "标题",
        "greeting": "开场白",
        "label": "按钮文字",
        "accent": "颜色",
        "theme": "明暗",
        "position": "位置",
        "documents": "文献",
    },
    meanings={
        "language": "界面语言：zh-Hant、zh-Hans 或 en。引文一律照原文。",
        "title": "提问框的标题，也是屏幕阅读器念出的名称。",
        "greeting": "标题下的文字。",
        "label": "按钮上的文字。",
        "accent": "按钮、链接与注号的颜色，写作 #rrggbb。若难以辨读，会自动加深或调淡。",
        "theme": "light（浅色）或 dark（深色）。",
        "position": "right（右）、left（左）或 inline：不设按钮，提问框就在 <zhujiao-chat> 的位置。",
        "documents": "可供提问的文献代号，以空格分隔；代号本身含空格时，写成 JSON 数组。",
    },
    positions={
        "right": "右下按钮",
        "left": "左下按钮",
        "inline": "嵌在文中",
        "frame": "单纯框架，不用脚本",
    },
    themes={"auto": "依网页", "light": "浅色", "dark": "深色"},
)

WIDGET: Mapping[Language, WidgetMessages] = {"zh-Hant": _ZH_HANT, "zh-Hans": _ZH_HANS, "en": _EN}
