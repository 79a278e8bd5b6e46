"""The public facts of the trial of 20-26 June 2025 that come from prose, each with the address of its source.

Nothing here is inferred: what no source says is left empty, and the page says that it is not known. The pages were
read as stored excerpts, not live; quoted wording is a translation where the page was machine-translated.
"""

from __future__ import annotations

from typing import Final

SOURCES: Final = {
    "plan": (
        "Pháp luật & Xã hội: 126 xã, phường vận hành thử nghiệm (Kế hoạch 341-KH/TU ngày 12/6/2025)",
        "https://phapluatxahoi.kinhtedothi.vn/ha-noi-126-xa-phuong-van-hanh-thu-nghiem-mo-hinh-chinh-quyen-dia-phuong-"
        "hai-cap-421667.html",
    ),
    "day-one": (
        "xe.today, 20/6/2025 (bản dịch máy)",
        "https://xe.today/2025/06/20/today-the-citizens-of-hanoi-will-witness-an-unprecedented-transformation",
    ),
    "official-start": (
        "vietnam.vn: Hà Nội chính thức vận hành thử nghiệm chính quyền 2 cấp tại 126 phường, xã",
        "https://www.vietnam.vn/en/ha-noi-chinh-thuc-van-hanh-thu-nghiem-chinh-quyen-2-cap-tai-126-phuong-xa",
    ),
    "tay-mo": (
        "Lao Động: Ngày đầu tiên Hà Nội vận hành thử nghiệm mô hình chính quyền 2 cấp",
        "https://news.laodong.vn/xa-hoi/ngay-dau-tien-ha-noi-van-hanh-thu-nghiem-mo-hinh-chinh-quyen-2-cap-1527057.ldo",
    ),
    "pictures": (
        "TTXVN (Happy Vietnam): Hanoi begins pilot operation of new local administration model",
        "https://happyvietnam.vnanet.vn/en/hanoi-begins-pilot-operation-of-new-local-administration-model/44187.html",
    ),
    "hong-ha": (
        "Lao Động: Ngày đầu vận hành phường Hồng Hà ở Hà Nội",
        "https://news.laodong.vn/xa-hoi/ngay-dau-van-hanh-phuong-hong-ha-o-ha-noi-ghi-nhan-100-y-kien-nguoi-dan-"
        "1533397.ldo",
    ),
    "quoc-oai": (
        "Cổng thông tin Hà Nội (tiếng Anh): làm việc với huyện Quốc Oai",
        "https://english.hanoi.gov.vn/featured-news/hanoi-vice-mayor-le-hong-son-works-with-quoc-oai-district-on-"
        "administrative-units-rearrangement-2655250620003727423.htm",
    ),
    "ba-dinh": (
        "Cổng thông tin Hà Nội (tiếng Anh): làm việc với quận Ba Đình",
        "https://english.hanoi.gov.vn/featured-news/hanoi-vice-mayor-le-hong-son-works-with-ba-dinh-authorities-on-"
        "administrative-units-rearrangement-265525062000165421.htm",
    ),
    "long-bien": (
        "Lao Động: Phó Chủ tịch Hà Nội giao nhiệm vụ cho bí thư, chủ tịch phường mới (18/6/2025)",
        "https://news.laodong.vn/thoi-su/pho-chu-tich-ha-noi-giao-nhiem-vu-cho-bi-thu-chu-tich-phuong-moi-sau-sap-xep-"
        "1526127.ldo",
    ),
    "gia-lam": (
        "Cổng thông tin Hà Nội (tiếng Anh): làm việc với huyện Gia Lâm (23/6/2025)",
        "https://english.hanoi.gov.vn/featured-news/hanoi-deputy-chairwoman-works-with-gia-lam-district-on-commune-"
        "level-administrative-reorganization-2655250629064444159.htm",
    ),
    "groups": (
        "Cổng thông tin Thủ đô (tiếng Anh): Quyết định 2844/QĐ-UBND ngày 9/6/2025 lập 11 Tổ công tác",
        "https://english.thudo.gov.vn/direction-of-hanoi-peoples-committee/hanoi-forms-11-task-forces-to-oversee-"
        "commune-level-administrative-restructuring-2655250613102804539.htm",
    ),
    "branches": (
        "Sở Văn hóa và Thể thao Hà Nội: 12 chi nhánh, 30 điểm phục vụ hành chính công",
        "https://sovhtt.hanoi.gov.vn/en/?p=30184",
    ),
    "branch-1": (
        "vietnam.vn: thay đổi địa điểm tiếp nhận thủ tục hành chính tại Chi nhánh số 1 từ ngày 27/6",
        "https://www.vietnam.vn/en/ha-noi-thay-doi-dia-diem-tiep-nhan-thu-tuc-hanh-chinh-tai-chi-nhanh-so-1-tu-ngay-"
        "27-6",
    ),
    "branch-2": (
        "vietnam.vn: quận Cầu Giấy sẵn sàng cho thời khắc lịch sử",
        "https://www.vietnam.vn/en/quan-cau-giay-san-sang-cho-thoi-khac-lich-su",
    ),
    "branch-7": (
        "vietnam.vn: Hà Nội điều chỉnh địa điểm thực hiện thủ tục hành chính",
        "https://www.vietnam.vn/en/ha-noi-dieu-chinh-dia-diem-thuc-hien-thu-tuc-hanh-chinh",
    ),
}
"""Title and address by the name that the tables use."""

PARTICIPATION_SOURCE: Final = "day-one"
"""It says: at the headquarters of the 126 new wards and communes, and at the 12 branches."""

GROUPS_SOURCE, BRANCHES_SOURCE = "groups", "branches"

PHASES: Final = (
    (
        "training", "2025-06-19", "2025-06-19", "Tập huấn", "Training",
        "Tập huấn nghiệp vụ và kỹ năng sử dụng phần mềm: quản lý văn bản, giải quyết thủ tục hành chính, họp trực "
        "tuyến.",
        "Training in procedures and software: documents, administrative procedures, online meetings.",
        "plan",
    ),
    (
        "operation", "2025-06-20", "2025-06-26", "Vận hành thử nghiệm thực tế", "Operation in practice",
        "Kiểm tra quy trình giải quyết thủ tục hành chính, quản lý văn bản, phản hồi ý kiến của dân và doanh nghiệp, "
        "xử lý tình huống phát sinh, bàn giao hồ sơ tồn đọng.",
        "Procedures, documents, answers to people and businesses, situations that arise, handover of pending files.",
        "plan",
    ),
    (
        "review", "2025-06-27", "2025-06-27", "Sơ kết, rút kinh nghiệm", "Review",
        "Sơ kết, rút kinh nghiệm, rồi triển khai nhân rộng sau khi đánh giá.",
        "Review and lessons, then roll-out after the evaluation.",
        "plan",
    ),
)  # fmt: skip
"""Key, first day, last day, name, what happens (each in Vietnamese and in English), source."""

CONTENTS: Final = (
    (
        "Văn bản đi, đến; thư điện tử công vụ", "Documents in and out; official e-mail",
        "Tiếp nhận, chuyển giao văn bản đi và đến trong hệ thống chính trị và hệ thống thư điện tử công vụ của thành "
        "phố.",
        "Documents in and out across the political system, and the city's official e-mail.",
        False,
    ),
    (
        "Phản ánh của người dân, doanh nghiệp", "Feedback of people and businesses",
        "Tiếp nhận, xử lý và phản hồi phản ánh của người dân, doanh nghiệp qua ứng dụng iHanoi hoặc trực tiếp tại quầy "
        "tiếp dân; hướng dẫn thủ tục hành chính.",
        "Feedback through the iHanoi application or at the counter: taken in, dealt with, answered; guidance on "
        "procedures.",
        False,
    ),
    (
        "Hội nghị trực tuyến thành phố – cơ sở", "Online meetings between city and wards",
        "Hệ thống hội nghị trực tuyến kết nối thành phố với cơ sở.",
        "The online meeting system that joins the city and the wards.",
        False,
    ),
    (
        "Thủ tục hành chính cấp xã và liên thông", "Commune-level and linked procedures",
        "Tiếp nhận, giải quyết thủ tục hành chính cấp xã (sao y, chứng thực, khai sinh, khai tử…) và thủ tục liên "
        "thông với cơ quan cấp thành phố.",
        "Commune-level procedures (certified copies, attestation, registration of births and deaths …) and those "
        "linked to the city level.",
        False,
    ),
    (
        "Hồ sơ đã nộp ở quận, huyện cũ chưa giải quyết", "Files of the old districts not yet settled",
        "Thủ tục (hộ tịch, đất đai, xây dựng…) đã nộp tại quận, huyện, thị xã cũ nhưng chưa giải quyết: bàn giao về "
        "đơn vị mới để tiếp tục giải quyết.",
        "Files (civil status, land, construction …) submitted to the old districts and not settled: handed over to the "
        "new units.",
        False,
    ),
    (
        "Trả kết quả của quận, huyện cũ", "Results of the old districts not yet collected",
        "Trả các kết quả do quận, huyện, thị xã cũ đã cấp nhưng chưa bàn giao.",
        "Results issued by the old districts and not yet handed out.",
        False,
    ),
    (
        "Dự án đang thực hiện, tồn đọng", "Projects under way or pending",
        "Tiếp nhận, giải quyết các dự án đang thực hiện, tồn đọng của quận, huyện, thị xã cũ.",
        "Projects of the old districts under way or pending.",
        False,
    ),
    (
        "Họp Ban Chấp hành Đảng bộ", "Meeting of the ward's Party committee",
        "Họp Ban Chấp hành Đảng bộ xã, phường.",
        "Meeting of the ward's Party committee.",
        True,
    ),
    (
        "Kỳ họp thứ nhất HĐND", "First session of the People's Council",
        "Tổ chức kỳ họp thứ nhất của HĐND xã, phường.",
        "First session of the ward's People's Council.",
        True,
    ),
    (
        "Họp UBND", "Meeting of the People's Committee",
        "Họp UBND xã, phường.",
        "Meeting of the ward's People's Committee.",
        True,
    ),
)  # fmt: skip
"""Short name and full wording (each in Vietnamese and in English); whether it is our reading that it is of the ten.

The article lists seven and then names three kinds of meeting; that these are the eighth to the tenth is our reading.
"""

NAMED_WARDS: Final = (
    ("Tây Mỗ", "Vận hành từ 07:30 ngày 20/6, đủ cán bộ, có tiếp nhận và xử lý hồ sơ.",
     "On trial from 07:30 on 20 June, all staff present, dossiers received and processed.", "tay-mo"),
    ("Cửa Nam", "Có ảnh trong ngày vận hành thử nghiệm.", "Pictured on trial.", "pictures"),
    ("Hoàn Kiếm", "Có ảnh trong ngày vận hành thử nghiệm.", "Pictured on trial.", "pictures"),
    ("Hồng Hà", "Tổ chức vận hành thử nghiệm từ 20 đến 26/6 và báo cáo vướng mắc.",
     "Ran the trial from 20 to 26 June and reported shortcomings.", "hong-ha"),
    ("Quốc Oai", "Đã có tình huống vận hành, sẵn sàng từ 20/6.", "Had scenarios ready to pilot from 20 June.",
     "quoc-oai"),
    ("Kiều Phú", "Đã có tình huống vận hành, sẵn sàng từ 20/6.", "Had scenarios ready to pilot from 20 June.",
     "quoc-oai"),
    ("Hưng Đạo", "Đã có tình huống vận hành, sẵn sàng từ 20/6.", "Had scenarios ready to pilot from 20 June.",
     "quoc-oai"),
    ("Phú Cát", "Đã có tình huống vận hành, sẵn sàng từ 20/6.", "Had scenarios ready to pilot from 20 June.",
     "quoc-oai"),
)  # fmt: skip
"""Wards that the press names in its reports of the trial: what it says, and where."""

BRANCH_COUNT: Final = 12

BRANCHES: Final = {
    1: (
        "258 Võ Chí Công, Xuân La, Tây Hồ",
        "phường Tây Hồ và phường Phú Thượng, cùng các điểm 657 Lạc Long Quân và “58 Phu Gia” (từ 27/6/2025)",
        "Tây Hồ and Phú Thượng, with the points 657 Lạc Long Quân and “58 Phu Gia” (from 27 June 2025)",
        ("Tây Hồ", "Phú Thượng"), "", ("branch-1",),
    ),
    2: ("96 Trần Thái Tông, Cầu Giấy", "", "", (), "00166-1", ("branch-2",)),
    3: ("", "", "", (), "", ("branch-1",)),
    6: (
        "", "4 phường mới của quận Long Biên cũ", "the 4 new wards of the old Long Biên district",
        (), "", ("long-bien",),
    ),
    7: ("Số 2 Hà Cầu, Hà Đông", "", "", (), "09556-1", ("branch-7",)),
}  # fmt: skip
"""By number: address, whom it serves (two languages), wards named, the known premises at that address, sources."""

GROUP_COUNT: Final = 11

GROUP_HEADS: Final = (
    "Lê Hồng Sơn", "Nguyễn Trọng Đông", "Dương Đức Tuấn", "Nguyễn Mạnh Quyền", "Vũ Thu Hà", "Trương Việt Dũng",
    "Trần Đình Cảnh", "Nguyễn Xuân Đại", "Nguyễn Xuân Lưu", "Bạch Liên Hương", "Trần Thế Cương",
)  # fmt: skip
"""As published, without numbers: which group is whose is not taken from the order."""

GROUPS: Final = {
    1: ("Lê Hồng Sơn", (("275", "Huyện Quốc Oai", "quoc-oai"), ("001", "Quận Ba Đình", "ba-dinh"))),
    5: ("Vũ Thu Hà", (("004", "Quận Long Biên", "long-bien"), ("018", "Huyện Gia Lâm", "gia-lam"))),
}
"""By number: head, and the old districts that the press saw the group work with."""
